package scoring

// What banks call the roles, events and adjustments that most of them have; a
// scorecard may name its own adjustments, and codes that are not here stay as they are.
var (
	roleNames = map[string]Text{
		"manager":     {Zh: "上级", En: "manager"},
		"peer":        {Zh: "同事", En: "peers"},
		"subordinate": {Zh: "下级", En: "subordinates"},
		"self":        {Zh: "自评", En: "self"},
	}
	eventNames = map[string]Text{
		"late_filing":    {Zh: "逾期报送", En: "Late filing"},
		"document_error": {Zh: "单证差错", En: "Document error"},
		"complaint":      {Zh: "客户投诉", En: "Complaint"},
	}
	adjustmentNames = map[string]Text{
		"innovation":      {Zh: "创新", En: "Innovation"},
		"mentor":          {Zh: "带教", En: "Mentoring"},
		"discipline":      {Zh: "纪律处分", En: "Discipline"},
		"complaint":       {Zh: "投诉", En: "Complaint"},
		"major_violation": {Zh: "重大违规", En: "Major violation"},
	}
)

func nameIn(names map[string]Text, code string) Text {
	if name, ok := names[code]; ok {
		return name
	}
	return Text{Zh: code, En: code}
}

// RoleName is what a role of raters is called.
func RoleName(code string) Text { return nameIn(roleNames, code) }

// EventName is what a type of event is called.
func EventName(code string) Text { return nameIn(eventNames, code) }

// AdjustmentName is what an adjustment or a veto is called: by the name that its
// scorecard gives it, else by the usual one of its key.
func AdjustmentName(given Text, key string) Text {
	if given.Zh == "" && given.En == "" {
		return nameIn(adjustmentNames, key)
	}
	return given
}
