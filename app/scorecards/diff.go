package scorecards

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Difference is one value that two versions do not share: its path, and what it
// is in each, empty where it is not there.
type Difference struct {
	Path   string `json:"path"`
	Before string `json:"before"`
	After  string `json:"after"`
}

// Differences lists what changed from one version to another, by path. Entries
// of lists are told apart by their keys and not by their places, so that one
// new item is one difference.
func Differences(before, after *Version) ([]Difference, error) {
	old, err := flatten(before)
	if err != nil {
		return nil, err
	}
	now, err := flatten(after)
	if err != nil {
		return nil, err
	}
	paths := slices.Collect(maps.Keys(old))
	for path := range now {
		if _, ok := old[path]; !ok {
			paths = append(paths, path)
		}
	}
	slices.Sort(paths)
	list := []Difference{}
	for _, path := range paths {
		if old[path] != now[path] {
			list = append(list, Difference{Path: path, Before: old[path], After: now[path]})
		}
	}
	return list, nil
}

// flatten gives every value of a version's definition by its path.
func flatten(v *Version) (map[string]string, error) {
	decoder := json.NewDecoder(strings.NewReader(v.Definition))
	decoder.UseNumber()
	var whole any
	if err := decoder.Decode(&whole); err != nil {
		return nil, fmt.Errorf("reading version %d of scorecard %s: %w", v.Number, v.Code, err)
	}
	values := map[string]string{}
	spread(values, "", whole)
	return values, nil
}

func spread(values map[string]string, path string, value any) {
	switch v := value.(type) {
	case map[string]any:
		for key, inner := range v {
			spread(values, strings.TrimPrefix(path+"."+key, "."), inner)
		}
	case []any:
		for i, inner := range v {
			spread(values, path+"["+entryName(inner, i)+"]", inner)
		}
	default:
		values[path] = fmt.Sprint(v)
	}
}

// entryName is what tells an entry of a list apart: its key, or its place.
func entryName(entry any, place int) string {
	if object, ok := entry.(map[string]any); ok {
		for _, field := range []string{"key", "grade", "role"} {
			if name, ok := object[field].(string); ok {
				return name
			}
		}
	}
	if text, ok := entry.(string); ok {
		return text
	}
	return fmt.Sprint(place)
}
