-- What is published cannot change, by whatever hand. PostgreSQL checks once a statement, because a
-- trigger per row makes a run of millions of rows several times slower; SQLite knows triggers per row alone.

{{define "postgres_run_table"}}
CREATE TRIGGER {{.}}_guard_insert AFTER INSERT ON {{.}}
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION guard_run_rows();
CREATE TRIGGER {{.}}_guard_update AFTER UPDATE ON {{.}}
  REFERENCING OLD TABLE AS changed NEW TABLE AS become FOR EACH STATEMENT EXECUTE FUNCTION guard_run_updates();
CREATE TRIGGER {{.}}_guard_delete AFTER DELETE ON {{.}}
  REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION guard_run_rows();
CREATE TRIGGER {{.}}_guard_truncate BEFORE TRUNCATE ON {{.}}
  FOR EACH STATEMENT EXECUTE FUNCTION guard_truncate();
--bun:split
{{end}}

{{define "postgres_period_table"}}
CREATE TRIGGER {{.}}_guard_insert AFTER INSERT ON {{.}}
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION guard_period_rows();
CREATE TRIGGER {{.}}_guard_update AFTER UPDATE ON {{.}}
  REFERENCING OLD TABLE AS changed NEW TABLE AS become FOR EACH STATEMENT EXECUTE FUNCTION guard_period_updates();
CREATE TRIGGER {{.}}_guard_delete AFTER DELETE ON {{.}}
  REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION guard_period_rows();
CREATE TRIGGER {{.}}_guard_truncate BEFORE TRUNCATE ON {{.}}
  FOR EACH STATEMENT EXECUTE FUNCTION guard_truncate();
--bun:split
{{end}}

{{define "sqlite_run_table"}}
CREATE TRIGGER {{.}}_guard_insert BEFORE INSERT ON {{.}}
WHEN EXISTS (SELECT 1 FROM periods WHERE published_run_id = NEW.run_id)
BEGIN SELECT RAISE(ABORT, 'steelyard: a published run cannot change'); END;
CREATE TRIGGER {{.}}_guard_update BEFORE UPDATE ON {{.}}
WHEN EXISTS (SELECT 1 FROM periods WHERE published_run_id IN (OLD.run_id, NEW.run_id))
BEGIN SELECT RAISE(ABORT, 'steelyard: a published run cannot change'); END;
CREATE TRIGGER {{.}}_guard_delete BEFORE DELETE ON {{.}}
WHEN EXISTS (SELECT 1 FROM periods WHERE published_run_id = OLD.run_id)
BEGIN SELECT RAISE(ABORT, 'steelyard: a published run cannot change'); END;
--bun:split
{{end}}

{{define "sqlite_period_table"}}
CREATE TRIGGER {{.}}_guard_insert BEFORE INSERT ON {{.}}
WHEN EXISTS (SELECT 1 FROM periods WHERE id = NEW.period_id AND state IN ('published', 'closed'))
BEGIN SELECT RAISE(ABORT, 'steelyard: a published period cannot change'); END;
CREATE TRIGGER {{.}}_guard_update BEFORE UPDATE ON {{.}}
WHEN EXISTS (SELECT 1 FROM periods WHERE id IN (OLD.period_id, NEW.period_id) AND state IN ('published', 'closed'))
BEGIN SELECT RAISE(ABORT, 'steelyard: a published period cannot change'); END;
CREATE TRIGGER {{.}}_guard_delete BEFORE DELETE ON {{.}}
WHEN EXISTS (SELECT 1 FROM periods WHERE id = OLD.period_id AND state IN ('published', 'closed'))
BEGIN SELECT RAISE(ABORT, 'steelyard: a published period cannot change'); END;
--bun:split
{{end}}

{{define "period_changed"}}OLD.state IN ('published', 'closed') AND (NEW.state NOT IN ('published', 'closed')
  OR (OLD.state = 'closed' AND NEW.state <> 'closed')
  OR NEW.published_run_id IS NULL OR NEW.published_run_id <> OLD.published_run_id
  OR NEW.id <> OLD.id OR NEW.code <> OLD.code
  OR NEW.first_day <> OLD.first_day OR NEW.last_day <> OLD.last_day OR NEW.min_days <> OLD.min_days){{end}}

{{define "version_changed"}}OLD.state <> 'draft' AND (NEW.state = 'draft' OR NEW.definition <> OLD.definition OR NEW.sha256 <> OLD.sha256
  OR NEW.number <> OLD.number OR NEW.scorecard_id <> OLD.scorecard_id){{end}}

{{if .Postgres}}
CREATE FUNCTION refuse() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'steelyard: what is published cannot change' USING ERRCODE = 'P5001';
END $$;
--bun:split
CREATE FUNCTION guard_run_rows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM (SELECT DISTINCT run_id FROM changed) c JOIN periods p ON p.published_run_id = c.run_id) THEN
    PERFORM refuse();
  END IF;
  RETURN NULL;
END $$;
--bun:split
CREATE FUNCTION guard_run_updates() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM (SELECT run_id FROM changed UNION SELECT run_id FROM become) c JOIN periods p ON p.published_run_id = c.run_id) THEN
    PERFORM refuse();
  END IF;
  RETURN NULL;
END $$;
--bun:split
CREATE FUNCTION guard_period_rows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM (SELECT DISTINCT period_id FROM changed) c JOIN periods p ON p.id = c.period_id AND p.state IN ('published', 'closed')) THEN
    PERFORM refuse();
  END IF;
  RETURN NULL;
END $$;
--bun:split
CREATE FUNCTION guard_period_updates() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM (SELECT period_id FROM changed UNION SELECT period_id FROM become) c JOIN periods p ON p.id = c.period_id AND p.state IN ('published', 'closed')) THEN
    PERFORM refuse();
  END IF;
  RETURN NULL;
END $$;
--bun:split
CREATE FUNCTION guard_truncate() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM periods WHERE state IN ('published', 'closed')) THEN
    PERFORM refuse();
  END IF;
  RETURN NULL;
END $$;
--bun:split
CREATE FUNCTION guard_row() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM refuse();
  RETURN NULL;
END $$;
--bun:split
CREATE FUNCTION guard_run() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM periods WHERE published_run_id = OLD.id) THEN
    PERFORM refuse();
  END IF;
  IF TG_OP = 'DELETE' THEN
    RETURN OLD;
  END IF;
  RETURN NEW;
END $$;
--bun:split
{{template "postgres_run_table" "run_scorecards"}}
{{template "postgres_run_table" "run_units"}}
{{template "postgres_run_table" "frozen_members"}}
{{template "postgres_run_table" "results"}}
{{template "postgres_run_table" "result_segments"}}
{{template "postgres_run_table" "result_items"}}
{{template "postgres_period_table" "targets"}}
{{template "postgres_period_table" "actuals"}}
{{template "postgres_period_table" "surveys"}}
{{template "postgres_period_table" "events"}}
{{template "postgres_period_table" "adjustments"}}
{{template "postgres_period_table" "vetoes"}}
{{template "postgres_period_table" "reviews"}}
{{template "postgres_period_table" "period_waivers"}}
CREATE TRIGGER periods_guard_update BEFORE UPDATE ON periods
  FOR EACH ROW WHEN ({{template "period_changed"}}) EXECUTE FUNCTION guard_row();
CREATE TRIGGER periods_guard_delete BEFORE DELETE ON periods
  FOR EACH ROW WHEN (OLD.state IN ('published', 'closed')) EXECUTE FUNCTION guard_row();
CREATE TRIGGER periods_guard_truncate BEFORE TRUNCATE ON periods FOR EACH STATEMENT EXECUTE FUNCTION guard_truncate();
CREATE TRIGGER runs_guard_update BEFORE UPDATE ON runs FOR EACH ROW EXECUTE FUNCTION guard_run();
CREATE TRIGGER runs_guard_delete BEFORE DELETE ON runs FOR EACH ROW EXECUTE FUNCTION guard_run();
CREATE TRIGGER runs_guard_truncate BEFORE TRUNCATE ON runs FOR EACH STATEMENT EXECUTE FUNCTION guard_truncate();
CREATE TRIGGER scorecard_versions_guard_update BEFORE UPDATE ON scorecard_versions
  FOR EACH ROW WHEN ({{template "version_changed"}}) EXECUTE FUNCTION guard_row();
CREATE TRIGGER scorecard_versions_guard_delete BEFORE DELETE ON scorecard_versions
  FOR EACH ROW WHEN (OLD.state <> 'draft') EXECUTE FUNCTION guard_row();
{{else}}
{{template "sqlite_run_table" "run_scorecards"}}
{{template "sqlite_run_table" "run_units"}}
{{template "sqlite_run_table" "frozen_members"}}
{{template "sqlite_run_table" "results"}}
{{template "sqlite_run_table" "result_segments"}}
{{template "sqlite_run_table" "result_items"}}
{{template "sqlite_period_table" "targets"}}
{{template "sqlite_period_table" "actuals"}}
{{template "sqlite_period_table" "surveys"}}
{{template "sqlite_period_table" "events"}}
{{template "sqlite_period_table" "adjustments"}}
{{template "sqlite_period_table" "vetoes"}}
{{template "sqlite_period_table" "reviews"}}
{{template "sqlite_period_table" "period_waivers"}}
CREATE TRIGGER periods_guard_update BEFORE UPDATE ON periods
WHEN {{template "period_changed"}}
BEGIN SELECT RAISE(ABORT, 'steelyard: a published period cannot change'); END;
CREATE TRIGGER periods_guard_delete BEFORE DELETE ON periods
WHEN OLD.state IN ('published', 'closed')
BEGIN SELECT RAISE(ABORT, 'steelyard: a published period cannot change'); END;
CREATE TRIGGER runs_guard_update BEFORE UPDATE ON runs
WHEN EXISTS (SELECT 1 FROM periods WHERE published_run_id = OLD.id)
BEGIN SELECT RAISE(ABORT, 'steelyard: a published run cannot change'); END;
CREATE TRIGGER runs_guard_delete BEFORE DELETE ON runs
WHEN EXISTS (SELECT 1 FROM periods WHERE published_run_id = OLD.id)
BEGIN SELECT RAISE(ABORT, 'steelyard: a published run cannot change'); END;
CREATE TRIGGER scorecard_versions_guard_update BEFORE UPDATE ON scorecard_versions
WHEN {{template "version_changed"}}
BEGIN SELECT RAISE(ABORT, 'steelyard: a published scorecard version cannot change'); END;
CREATE TRIGGER scorecard_versions_guard_delete BEFORE DELETE ON scorecard_versions
WHEN OLD.state <> 'draft'
BEGIN SELECT RAISE(ABORT, 'steelyard: a published scorecard version cannot change'); END;
{{end}}
