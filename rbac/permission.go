package rbac

// Permission is an object and what is done to it.
type Permission string

// The permissions. Those marked as separated are refused on one's own record, whatever roles one holds.
const (
	UnitRead   Permission = "unit.read"
	UnitManage Permission = "unit.manage" // import, move, open and close units

	StaffRead   Permission = "staff.read"
	StaffManage Permission = "staff.manage" // import staff and assignments; separated

	MetricRead      Permission = "metric.read"
	MetricManage    Permission = "metric.manage"
	ScorecardRead   Permission = "scorecard.read"
	ScorecardManage Permission = "scorecard.manage"
	RubricRead      Permission = "rubric.read"
	RubricManage    Permission = "rubric.manage"

	PeriodRead    Permission = "period.read"
	PeriodManage  Permission = "period.manage"  // create, open, score, waive
	PeriodPublish Permission = "period.publish" // separated
	PeriodClose   Permission = "period.close"

	TargetImport     Permission = "target.import"     // separated, as the imports below
	ActualImport     Permission = "actual.import"     //
	SurveyImport     Permission = "survey.import"     //
	EventImport      Permission = "event.import"      //
	AdjustmentImport Permission = "adjustment.import" //
	VetoImport       Permission = "veto.import"       //
	ReviewImport     Permission = "review.import"     // of paper forms
	BatchRead        Permission = "batch.read"
	BatchUndo        Permission = "batch.undo"

	RunCreate  Permission = "run.create" // separated
	RunVerify  Permission = "run.verify"
	ResultRead Permission = "result.read"
	ExportRun  Permission = "export.run"

	ReviewRead   Permission = "review.read"   // levels, comments and progress
	ReviewWrite  Permission = "review.write"  // as the manager; separated
	ReviewPeer   Permission = "review.peer"   // as a peer; separated
	ReviewSelf   Permission = "review.self"   // as the member
	ReviewReturn Permission = "review.return" // hand a submitted review back, with a reason; separated
	ReviewAssign Permission = "review.assign" // name reviewers; separated

	UserRead      Permission = "user.read"
	UserManage    Permission = "user.manage" // create, disable, reset
	GrantRead     Permission = "grant.read"
	GrantManage   Permission = "grant.manage" // separated
	PolicyRead    Permission = "policy.read"
	PolicyManage  Permission = "policy.manage"  // roles and the responsibility table
	AccessExplain Permission = "access.explain" // why another person may or may not
	AuditRead     Permission = "audit.read"
	JobRead       Permission = "job.read" // other people's jobs
)
