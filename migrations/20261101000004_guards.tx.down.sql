{{define "postgres_table"}}
DROP TRIGGER {{.}}_guard_insert ON {{.}};
DROP TRIGGER {{.}}_guard_update ON {{.}};
DROP TRIGGER {{.}}_guard_delete ON {{.}};
DROP TRIGGER {{.}}_guard_truncate ON {{.}};
--bun:split
{{end}}

{{define "sqlite_table"}}
DROP TRIGGER {{.}}_guard_insert;
DROP TRIGGER {{.}}_guard_update;
DROP TRIGGER {{.}}_guard_delete;
--bun:split
{{end}}

{{if .Postgres}}
{{template "postgres_table" "run_scorecards"}}
{{template "postgres_table" "run_units"}}
{{template "postgres_table" "frozen_members"}}
{{template "postgres_table" "results"}}
{{template "postgres_table" "result_segments"}}
{{template "postgres_table" "result_items"}}
{{template "postgres_table" "targets"}}
{{template "postgres_table" "actuals"}}
{{template "postgres_table" "surveys"}}
{{template "postgres_table" "events"}}
{{template "postgres_table" "adjustments"}}
{{template "postgres_table" "vetoes"}}
{{template "postgres_table" "reviews"}}
{{template "postgres_table" "period_waivers"}}
DROP TRIGGER periods_guard_update ON periods;
DROP TRIGGER periods_guard_delete ON periods;
DROP TRIGGER periods_guard_truncate ON periods;
DROP TRIGGER runs_guard_update ON runs;
DROP TRIGGER runs_guard_delete ON runs;
DROP TRIGGER runs_guard_truncate ON runs;
DROP TRIGGER scorecard_versions_guard_update ON scorecard_versions;
DROP TRIGGER scorecard_versions_guard_delete ON scorecard_versions;
--bun:split
DROP FUNCTION guard_run_rows;
DROP FUNCTION guard_run_updates;
DROP FUNCTION guard_period_rows;
DROP FUNCTION guard_period_updates;
DROP FUNCTION guard_truncate;
DROP FUNCTION guard_row;
DROP FUNCTION guard_run;
DROP FUNCTION refuse;
{{else}}
{{template "sqlite_table" "run_scorecards"}}
{{template "sqlite_table" "run_units"}}
{{template "sqlite_table" "frozen_members"}}
{{template "sqlite_table" "results"}}
{{template "sqlite_table" "result_segments"}}
{{template "sqlite_table" "result_items"}}
{{template "sqlite_table" "targets"}}
{{template "sqlite_table" "actuals"}}
{{template "sqlite_table" "surveys"}}
{{template "sqlite_table" "events"}}
{{template "sqlite_table" "adjustments"}}
{{template "sqlite_table" "vetoes"}}
{{template "sqlite_table" "reviews"}}
{{template "sqlite_table" "period_waivers"}}
DROP TRIGGER periods_guard_update;
DROP TRIGGER periods_guard_delete;
DROP TRIGGER runs_guard_update;
DROP TRIGGER runs_guard_delete;
DROP TRIGGER scorecard_versions_guard_update;
DROP TRIGGER scorecard_versions_guard_delete;
{{end}}
