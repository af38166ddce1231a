-- Whatever changes below reports itself: nobody can write and forget to say so. What is touched stays on record, in
-- the transaction of the change, until the pages that it reaches are marked dirty (touched.py).

CREATE TABLE touched (
  subject TEXT NOT NULL, key TEXT NOT NULL,
  cause TEXT NOT NULL,
  PRIMARY KEY (subject, key)
) STRICT, WITHOUT ROWID;

-- A null key is no subject: OR IGNORE leaves it out, as it does what is touched already.

-- Why rows change at this moment.
CREATE TABLE cause (why TEXT NOT NULL) STRICT;
INSERT INTO cause VALUES ('');

CREATE TRIGGER file_in AFTER INSERT ON file BEGIN
  INSERT OR IGNORE INTO touched SELECT 'file', NEW.path, why FROM cause;
END;
CREATE TRIGGER file_out AFTER DELETE ON file BEGIN
  INSERT OR IGNORE INTO touched SELECT 'file', OLD.path, why FROM cause;
  INSERT OR IGNORE INTO touched SELECT 'bytes', OLD.sha256, why FROM cause;
END;

CREATE TRIGGER agreement_in AFTER INSERT ON agreement BEGIN
  INSERT OR IGNORE INTO touched SELECT 'words', NEW.words, why FROM cause;
  INSERT OR IGNORE INTO touched SELECT 'facts', NEW.facts, why FROM cause;
  INSERT OR IGNORE INTO touched SELECT 'text', NEW.text_sha256, why FROM cause;
  INSERT OR IGNORE INTO touched SELECT 'identity', NEW.issuer_identity, why FROM cause;
  INSERT OR IGNORE INTO touched SELECT 'wish', NEW.wish, why FROM cause;
END;
CREATE TRIGGER agreement_changed AFTER UPDATE ON agreement BEGIN
  INSERT OR IGNORE INTO touched SELECT 'agreements', OLD.slug, why FROM cause;
  INSERT OR IGNORE INTO touched SELECT 'agreements', NEW.slug, why FROM cause;
  INSERT OR IGNORE INTO touched SELECT 'agreements', OLD.copy_of, why FROM cause;
  INSERT OR IGNORE INTO touched SELECT 'agreements', NEW.copy_of, why FROM cause;
  INSERT OR IGNORE INTO touched SELECT 'words', NEW.words, why FROM cause;
  INSERT OR IGNORE INTO touched SELECT 'facts', NEW.facts, why FROM cause;
  INSERT OR IGNORE INTO touched SELECT 'text', NEW.text_sha256, why FROM cause;
  INSERT OR IGNORE INTO touched SELECT 'identity', OLD.issuer_identity, why FROM cause;
  INSERT OR IGNORE INTO touched SELECT 'identity', NEW.issuer_identity, why FROM cause;
END;
CREATE TRIGGER agreement_out AFTER DELETE ON agreement BEGIN
  INSERT OR IGNORE INTO touched SELECT 'agreements', OLD.slug, why FROM cause;
  INSERT OR IGNORE INTO touched SELECT 'agreements', OLD.copy_of, why FROM cause;
  INSERT OR IGNORE INTO touched SELECT 'words', OLD.words, why FROM cause;
  INSERT OR IGNORE INTO touched SELECT 'facts', OLD.facts, why FROM cause;
  INSERT OR IGNORE INTO touched SELECT 'text', OLD.text_sha256, why FROM cause;
  INSERT OR IGNORE INTO touched SELECT 'identity', OLD.issuer_identity, why FROM cause;
  INSERT OR IGNORE INTO touched SELECT 'wish', OLD.wish, why FROM cause;
END;

CREATE TRIGGER party_in AFTER INSERT ON party BEGIN
  INSERT OR IGNORE INTO touched SELECT 'identity', NEW.identity, why FROM cause;
END;
CREATE TRIGGER party_changed AFTER UPDATE ON party BEGIN
  INSERT OR IGNORE INTO touched SELECT 'identity', OLD.identity, why FROM cause;
  INSERT OR IGNORE INTO touched SELECT 'identity', NEW.identity, why FROM cause;
  INSERT OR IGNORE INTO touched SELECT 'agreements', slug, why FROM cause, agreement
    WHERE id = NEW.agreement;
END;
CREATE TRIGGER party_out AFTER DELETE ON party BEGIN
  INSERT OR IGNORE INTO touched SELECT 'identity', OLD.identity, why FROM cause;
END;

CREATE TRIGGER block_in AFTER INSERT ON block BEGIN
  INSERT OR IGNORE INTO touched SELECT 'identity', NEW.signer_identity, why FROM cause;
  INSERT OR IGNORE INTO touched SELECT 'identity', NEW.party_identity, why FROM cause;
END;
CREATE TRIGGER block_changed AFTER UPDATE ON block BEGIN
  INSERT OR IGNORE INTO touched SELECT 'identity', OLD.signer_identity, why FROM cause;
  INSERT OR IGNORE INTO touched SELECT 'identity', OLD.party_identity, why FROM cause;
  INSERT OR IGNORE INTO touched SELECT 'identity', NEW.signer_identity, why FROM cause;
  INSERT OR IGNORE INTO touched SELECT 'identity', NEW.party_identity, why FROM cause;
  INSERT OR IGNORE INTO touched SELECT 'agreements', slug, why FROM cause, agreement
    WHERE id = NEW.agreement;
END;
CREATE TRIGGER block_out AFTER DELETE ON block BEGIN
  INSERT OR IGNORE INTO touched SELECT 'identity', OLD.signer_identity, why FROM cause;
  INSERT OR IGNORE INTO touched SELECT 'identity', OLD.party_identity, why FROM cause;
END;

CREATE TRIGGER link_in AFTER INSERT ON link BEGIN
  INSERT OR IGNORE INTO touched SELECT 'identity', NEW.identity, why FROM cause;
END;
CREATE TRIGGER link_out AFTER DELETE ON link BEGIN
  INSERT OR IGNORE INTO touched SELECT 'identity', OLD.identity, why FROM cause;
END;
CREATE TRIGGER link_changed AFTER UPDATE ON link BEGIN
  INSERT OR IGNORE INTO touched SELECT 'identity', OLD.identity, why FROM cause;
  INSERT OR IGNORE INTO touched SELECT 'identity', NEW.identity, why FROM cause;
  INSERT OR IGNORE INTO touched SELECT 'agreements', slug, why FROM cause, agreement
    WHERE id = NEW.agreement;
END;

CREATE TRIGGER finding_in AFTER INSERT ON finding BEGIN
  INSERT OR IGNORE INTO touched SELECT 'findings', NEW.code, why FROM cause;
  INSERT OR IGNORE INTO touched SELECT 'agreements', slug, why FROM cause, agreement
    WHERE id = NEW.agreement;
END;
CREATE TRIGGER finding_out AFTER DELETE ON finding BEGIN
  INSERT OR IGNORE INTO touched SELECT 'findings', OLD.code, why FROM cause;
  INSERT OR IGNORE INTO touched SELECT 'agreements', slug, why FROM cause, agreement
    WHERE id = OLD.agreement;
END;

CREATE TRIGGER silenced_in AFTER INSERT ON silenced BEGIN
  INSERT OR IGNORE INTO touched SELECT 'findings', code, why FROM cause, finding WHERE id = NEW.finding;
  INSERT OR IGNORE INTO touched SELECT 'agreements', slug, why FROM cause, agreement
    WHERE id = (SELECT agreement FROM finding WHERE id = NEW.finding);
END;
CREATE TRIGGER silenced_out AFTER DELETE ON silenced BEGIN
  INSERT OR IGNORE INTO touched SELECT 'findings', code, why FROM cause, finding WHERE id = OLD.finding;
  INSERT OR IGNORE INTO touched SELECT 'agreements', slug, why FROM cause, agreement
    WHERE id = (SELECT agreement FROM finding WHERE id = OLD.finding);
END;
CREATE TRIGGER silence_in AFTER INSERT ON silence BEGIN
  INSERT OR IGNORE INTO touched SELECT 'findings', NEW.code, why FROM cause;
END;
CREATE TRIGGER silence_out AFTER DELETE ON silence BEGIN
  INSERT OR IGNORE INTO touched SELECT 'findings', OLD.code, why FROM cause;
END;

-- A name's row changes by going and coming back.
CREATE TRIGGER name_in AFTER INSERT ON name BEGIN
  INSERT OR IGNORE INTO touched SELECT NEW.section, NEW.slug, why FROM cause;
  INSERT OR IGNORE INTO touched SELECT 'name', NEW.identity, why FROM cause;
  INSERT OR IGNORE INTO touched SELECT 'identity', NEW.identity, why FROM cause;
  INSERT OR IGNORE INTO touched SELECT 'near', NEW.section || char(31) || NEW.stem || char(31) || NEW.sort || char(31) || NEW.slug, why FROM cause;
END;
CREATE TRIGGER name_out AFTER DELETE ON name BEGIN
  INSERT OR IGNORE INTO touched SELECT OLD.section, OLD.slug, why FROM cause;
  INSERT OR IGNORE INTO touched SELECT 'name', OLD.identity, why FROM cause;
  INSERT OR IGNORE INTO touched SELECT 'identity', OLD.identity, why FROM cause;
  INSERT OR IGNORE INTO touched SELECT 'near', OLD.section || char(31) || OLD.stem || char(31) || OLD.sort || char(31) || OLD.slug, why FROM cause;
END;

CREATE TRIGGER person_in AFTER INSERT ON person BEGIN
  INSERT OR IGNORE INTO touched SELECT 'agreements', NEW.agreement, why FROM cause;
END;
CREATE TRIGGER person_out AFTER DELETE ON person BEGIN
  INSERT OR IGNORE INTO touched SELECT 'agreements', OLD.agreement, why FROM cause;
END;

CREATE TRIGGER decided_in AFTER INSERT ON decided BEGIN
  INSERT OR IGNORE INTO touched SELECT 'identity', NEW.identity, why FROM cause;
END;
CREATE TRIGGER decided_out AFTER DELETE ON decided BEGIN
  INSERT OR IGNORE INTO touched SELECT 'identity', OLD.identity, why FROM cause;
END;
