DROP TABLE idempotency_keys;
--bun:split
DROP TABLE audit_records;
{{if .Postgres}}
--bun:split
DROP FUNCTION guard_audit;
{{end}}
