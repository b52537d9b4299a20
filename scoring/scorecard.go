package scoring

// Text is a name in both languages. A scorecard file may give one text for both.
type Text struct{ Zh, En string }

// In gives the text in "zh" or "en", and in the other language if it lacks that one.
func (t Text) In(lang string) string {
	if (lang == Chinese && t.Zh != "") || t.En == "" {
		return t.Zh
	}
	return t.En
}

// The languages of names, messages and traces.
const (
	Chinese = "zh"
	English = "en"
)

// Scorecard says what a position is judged by: weighted items in perspectives,
// what may be added and taken away, and the grades. Numbers that the file leaves
// out are absent here; their defaults apply when it is evaluated.
type Scorecard struct {
	Code         string
	Name         Text
	Positions    []string
	PeerGroup    string // bank, branch or unit: who is compared with whom
	Precision    int    // decimals of scores and totals, 0 to 4
	TotalCap     Number // 100 if absent
	BonusCap     Number
	DeductionCap Number
	Perspectives []Perspective
	Adjustments  []Adjustment
	Vetoes       []Veto
	Grades       []Grade // from the best down; the last has no Min
}

// Perspective groups items: financial, customer, conduct …
type Perspective struct {
	Key   string
	Name  Text
	Items []Item
}

// Item is one weighted line of a scorecard.
type Item struct {
	Key     string
	Name    Text
	Weight  Number // percent; all of a scorecard add up to 100
	Source  Source
	Metric  string // the metric's code; the item's key if left out
	Flow    bool   // the actual counts what happens over time
	Missing MissingRule
	Neutral Number // points of a missing item with MissingNeutral
	Rating  *Rubric
	Survey  *Survey
	Method  Method
}

// Source says where an item's value comes from.
type Source string

// The sources.
const (
	SourceMetric Source = "metric"
	SourceRating Source = "rating"
	SourceSurvey Source = "survey"
	SourceEvents Source = "events"
)

// MissingRule says what becomes of an item that has no value. The empty rule is MissingRequire.
type MissingRule string

// The rules for missing items.
const (
	MissingRequire MissingRule = "require"
	MissingZero    MissingRule = "zero"
	MissingNeutral MissingRule = "neutral"
	MissingExclude MissingRule = "exclude"
)

// Rubric says how raters' levels become points.
type Rubric struct {
	Levels []Level
	Roles  []Role
}

// Level is one level of a rubric and its points.
type Level struct {
	Level  string
	Points Number
}

// Role is one kind of rater.
type Role struct {
	Role     string
	Weight   Number // relative to the roles that count
	Min      int64  // ratings needed for the role to count; 0 means 1
	Trim     bool   // with five or more ratings the highest and lowest are left out
	Required bool   // without this role the item is missing
}

// Survey says how customers' answers become points.
type Survey struct {
	ScaleMin, ScaleMax     Number
	MinCount               int64 // answers needed; 0 means 1
	PriorMean, PriorWeight Number
}

// AdjustmentType says whether an adjustment adds or takes away.
type AdjustmentType string

// The adjustment types.
const (
	Bonus     AdjustmentType = "bonus"
	Deduction AdjustmentType = "deduction"
)

// Adjustment is a kind of points beside the items.
type Adjustment struct {
	Key  string
	Name Text
	Type AdjustmentType
	Cap  Number // of one member's points of this key together
}

// Veto limits the total of a member who triggers it.
type Veto struct {
	Key  string
	Name Text
	Cap  Number
}

// Grade is one row of the grade table.
type Grade struct {
	Grade       string
	Min         Number // absent in the last row
	Coefficient string // for payroll, as written; empty if none
}

// Items gives every item in the scorecard's order.
func (s *Scorecard) Items() []*Item {
	var items []*Item
	for p := range s.Perspectives {
		for i := range s.Perspectives[p].Items {
			items = append(items, &s.Perspectives[p].Items[i])
		}
	}
	return items
}

// Item finds an item by its key, with its index among Items; -1 and nil if there is none.
func (s *Scorecard) Item(key string) (int, *Item) {
	index := 0
	for p := range s.Perspectives {
		for i := range s.Perspectives[p].Items {
			if item := &s.Perspectives[p].Items[i]; item.Key == key {
				return index, item
			}
			index++
		}
	}
	return -1, nil
}

// MetricCode gives the code of the metric that a metric item draws on.
func (i *Item) MetricCode() string {
	if i.Metric != "" {
		return i.Metric
	}
	return i.Key
}
