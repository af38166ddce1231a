"""Views into HTML: the theme, Markdown, and the output folder."""
