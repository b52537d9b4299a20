package people

import "github.com/steelyard/steelyard/app/db"

// Staff is one member of the staff. A staff number is text: its zeros count.
type Staff struct {
	ID      int64   `json:"id"`
	StaffNo string  `json:"staff_no"`
	Name    string  `json:"name"`
	Pinyin  string  `json:"pinyin,omitempty"`
	Email   string  `json:"email,omitempty"`
	HiredOn db.Date `json:"hired_on"`
	// FirstUnitID and FirstPosition are what the staff file said last, whatever
	// assignments came after: 0 and "" for a member that no file brought.
	FirstUnitID   int64  `json:"first_unit_id,omitempty"`
	FirstPosition string `json:"first_position,omitempty"`
}
