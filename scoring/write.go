package scoring

// Table prints the scorecard as a table.
func (s *Scorecard) Table(lang string) string { return "" }
