<SUBMISSION>
<ACCESSION-NUMBER>0000000000-21-000404
<TYPE>SC 13G/A
<PUBLIC-DOCUMENT-COUNT>2
<FILING-DATE>20210216
<SUBJECT-COMPANY>
<COMPANY-DATA>
<CONFORMED-NAME>Harebell Solar Corp
<CIK>0000990101
</COMPANY-DATA>
</SUBJECT-COMPANY>
<FILED-BY>
<COMPANY-DATA>
<CONFORMED-NAME>Gorsebush Capital Management, LLC
<CIK>0000990102
</COMPANY-DATA>
</FILED-BY>
<DOCUMENT>
<TYPE>SC 13G/A
<SEQUENCE>1
<FILENAME>g13.htm
<TEXT>
<html><body><p>SCHEDULE 13G/A</p><p>Harebell Solar Corp.<br>(Name of Issuer)</p>
<p>SIGNATURE</p><p>After reasonable inquiry and to the best of my knowledge and belief, I certify that the information is true.</p><p>Date: 2/16/2021</p><p>By: /s/ Tarquin Vellum<br>Name: Tarquin Vellum</p></body></html>
</TEXT>
</DOCUMENT>
<DOCUMENT>
<TYPE>EX-99.1
<SEQUENCE>2
<FILENAME>jfa.htm
<TEXT>
<html><body>
<p>Exhibit 99.1</p>
<p><b>Joint Filing Agreement Pursuant to Rule 13d-1</b></p>
<p>This agreement is made pursuant to Rule 13d-1(b)(ii)(J) and Rule 13d-1(k)(1) under the Securities Exchange Act of 1934 (the &quot;Act&quot;) by and among the parties listed below, each referred to herein as a &quot;Joint Filer.&quot; The Joint Filers agree that a statement of beneficial ownership as required by Section 13(d) of the Act and the Rules thereunder may be filed on each of their behalf on Schedule 13D or Schedule 13G, as appropriate, and that said joint filing may thereafter be amended by further joint filings.</p>
<p>Dated: February 16, 2021</p>
<table>
<tr><td>GORSEBUSH CAPITAL MANAGEMENT, LLC</td></tr><tr><td>By:&nbsp;/s/ Tarquin Vellum</td></tr><tr><td>Tarquin Vellum, Managing Member</td></tr>
<tr><td>GORSEBUSH MICROCAP FUND, LP</td></tr><tr><td>By: Gorsebush Capital Management, LLC, General Partner</td></tr><tr><td>By:&nbsp;/s/ Tarquin Vellum</td></tr><tr><td>Tarquin Vellum, Managing Member</td></tr>
<tr><td>TARQUIN VELLUM</td></tr><tr><td>/s/ Tarquin Vellum</td></tr>
</table>
</body></html>
</TEXT>
</DOCUMENT>
</SUBMISSION>
