-- The audit trail is appended to and never changed.
CREATE TABLE audit_records (
  id {{.ID}},
  at {{.Instant}} NOT NULL,
  actor {{.Text}} NOT NULL,
  user_id {{.Int}},
  acting_for {{.Text}} NOT NULL DEFAULT '',
  session {{.Text}} NOT NULL DEFAULT '',
  address {{.Text}} NOT NULL DEFAULT '',
  request_id {{.Text}} NOT NULL DEFAULT '',
  action {{.Path}} NOT NULL,
  outcome {{.Text}} NOT NULL CHECK (outcome IN ('done', 'refused', 'failed')),
  object {{.Text}} NOT NULL DEFAULT '',
  object_key {{.Text}} NOT NULL DEFAULT '',
  detail {{.Text}} NOT NULL DEFAULT '',
  before {{.Text}},
  after {{.Text}}
) {{.Strict}};

--bun:split

CREATE INDEX audit_records_actor ON audit_records (actor, id);

--bun:split

CREATE INDEX audit_records_object ON audit_records (object, object_key, id);

--bun:split

CREATE INDEX audit_records_action ON audit_records (action, id);

--bun:split

CREATE INDEX audit_records_at ON audit_records (at, id);

--bun:split

-- The answer to a creating request, so that the request repeated gives the same answer and has no second effect.
CREATE TABLE idempotency_keys (
  user_id {{.Int}} NOT NULL,
  key {{.Path}} NOT NULL,
  operation {{.Text}} NOT NULL,
  request_sha256 {{.Bytes}} NOT NULL,
  answer {{.Text}},
  made_at {{.Instant}} NOT NULL,
  PRIMARY KEY (user_id, key)
) {{.Strict}};

--bun:split

{{if .Postgres}}
CREATE FUNCTION guard_audit() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'steelyard: the audit trail cannot change' USING ERRCODE = 'P5001';
END $$;
--bun:split
CREATE TRIGGER audit_records_guard_change BEFORE UPDATE OR DELETE ON audit_records FOR EACH STATEMENT EXECUTE FUNCTION guard_audit();
--bun:split
CREATE TRIGGER audit_records_guard_truncate BEFORE TRUNCATE ON audit_records FOR EACH STATEMENT EXECUTE FUNCTION guard_audit();
{{else}}
CREATE TRIGGER audit_records_guard_update BEFORE UPDATE ON audit_records
BEGIN SELECT RAISE(ABORT, 'steelyard: the audit trail cannot change'); END;
CREATE TRIGGER audit_records_guard_delete BEFORE DELETE ON audit_records
BEGIN SELECT RAISE(ABORT, 'steelyard: the audit trail cannot change'); END;
-- REPLACE removes a row without firing what stands before a DELETE.
CREATE TRIGGER audit_records_guard_replace BEFORE INSERT ON audit_records WHEN EXISTS (SELECT 1 FROM audit_records WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'steelyard: the audit trail cannot change'); END;
{{end}}
