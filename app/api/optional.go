package api

// Given is what an optional field has, or its zero value where it is left out.
func Given[T any](p *T) T {
	if p == nil {
		var none T
		return none
	}
	return *p
}

// Optional leaves out a field that has its zero value.
func Optional[T comparable](v T) *T {
	var none T
	if v == none {
		return nil
	}
	return &v
}
