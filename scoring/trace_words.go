package scoring

// Lines renders the trace in words.
func (t *Trace) Lines(lang string) []string { return nil }
