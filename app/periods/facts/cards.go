package facts

import "github.com/steelyard/steelyard/scoring"

// card is what a scorecard says about facts, ready to be asked for every row.
type card struct {
	metrics     map[string]bool            // codes
	surveys     map[string]scale           // by item
	ratings     map[string]*rating         // by item
	events      map[string]map[string]bool // types by item
	adjustments map[string]bool
	vetoes      map[string]bool
}

// scale is what one answer of a survey can be.
type scale struct{ least, most scoring.Number }

type rating struct{ levels, roles map[string]bool }

func newCard(s *scoring.Scorecard) *card {
	c := &card{
		metrics: map[string]bool{}, surveys: map[string]scale{}, ratings: map[string]*rating{},
		events: map[string]map[string]bool{}, adjustments: map[string]bool{}, vetoes: map[string]bool{},
	}
	for _, item := range s.Items() {
		c.add(item)
	}
	for i := range s.Adjustments {
		c.adjustments[s.Adjustments[i].Key] = true
	}
	for i := range s.Vetoes {
		c.vetoes[s.Vetoes[i].Key] = true
	}
	return c
}

func (c *card) add(item *scoring.Item) {
	switch item.Source {
	case scoring.SourceMetric:
		c.metrics[item.MetricCode()] = true
	case scoring.SourceSurvey:
		c.surveys[item.Key] = scale{item.Survey.ScaleMin, item.Survey.ScaleMax}
	case scoring.SourceRating:
		r := &rating{levels: map[string]bool{}, roles: map[string]bool{}}
		for _, level := range item.Rating.Levels {
			r.levels[level.Level] = true
		}
		for _, role := range item.Rating.Roles {
			r.roles[role.Role] = true
		}
		c.ratings[item.Key] = r
	case scoring.SourceEvents:
		types := map[string]bool{}
		for _, event := range item.Method.Events {
			types[event.Type] = true
		}
		c.events[item.Key] = types
	}
}

// lists tells whether any events item lists a type.
func (c *card) lists(eventType string) bool {
	for _, types := range c.events {
		if types[eventType] {
			return true
		}
	}
	return false
}
