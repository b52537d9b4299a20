package reviews_test

import (
	"testing"

	"github.com/steelyard/steelyard/app/apptest"
	"github.com/steelyard/steelyard/app/db"
)

func TestTheManagerOfTheUnitRatesAndThePeersAndTheMemberItself(t *testing.T) {
	apptest.EachEngine(t, func(t *testing.T, d *db.DB) {
		b := newBank(t, d)
		b.wantSeats("boss-a1", "manager of a1-1 at A1", "manager of a1-2 at A1", "manager of a1-3 at A1")
		b.wantSeats("boss-a", "manager of a2-1 at A2")
		b.wantSeats("boss-b", "manager of b1-1 at B1")
		b.wantSeats("a1-1", "peer of a1-2 at A1", "peer of a1-3 at A1", "self of a1-1 at A1")
		b.wantSeats("a2-1", "self of a2-1 at A2")
		b.wantSeats("hr")
	})
}

func TestAManagerWhoIsAMemberIsRatedByTheNextAbove(t *testing.T) {
	apptest.EachEngine(t, func(t *testing.T, d *db.DB) {
		b := newBank(t, d)
		b.grant("a1-3", "branch_manager", "A1")
		b.wantSeats("a1-3", "manager of a1-1 at A1", "manager of a1-2 at A1", "self of a1-3 at A1")
		b.wantSeats("boss-a1", "manager of a1-1 at A1", "manager of a1-2 at A1", "manager of a1-3 at A1")
		b.exec("UPDATE grants SET revoked_at = granted_at WHERE user_id = ?", b.users["boss-a1"])
		b.policy = nil
		b.wantSeats("boss-a1")
		b.wantSeats("boss-a", "manager of a1-3 at A1", "manager of a2-1 at A2")
	})
}

func TestCase8_BothManagersOfATransferredMemberRateTheirOwnPart(t *testing.T) {
	apptest.EachEngine(t, func(t *testing.T, d *db.DB) {
		b := newBank(t, d)
		b.load("assignments", "csv", "staff_no,unit_code,position,from,state", "a1-3,B1,rm,2026-10-16,active")
		b.wantSeats("boss-a1", "manager of a1-1 at A1", "manager of a1-2 at A1", "manager of a1-3 at A1")
		b.wantSeats("boss-b", "manager of a1-3 at B1", "manager of b1-1 at B1")
		b.wantSeats("b1-1", "peer of a1-3 at B1", "self of b1-1 at B1")
		b.mustSave("boss-a1", cell("a1-3 A1 manager teamwork 4", "好", 0))
		b.mustSave("boss-b", cell("a1-3 B1 manager teamwork 2", "一般", 0))
		out := b.save("boss-b", cell("a1-3 A1 manager teamwork 2", "", 1))
		if p := out.Outcomes[0].Problem; p == nil || p.Code != "review.not_yours" {
			t.Errorf("got %+v, want a cell that is not theirs", out.Outcomes[0])
		}
	})
}

func TestTheManagerIsWhoeverHeldTheUnitOnTheSegmentsLastDay(t *testing.T) {
	apptest.EachEngine(t, func(t *testing.T, d *db.DB) {
		b := newBank(t, d)
		b.exec("UPDATE grants SET to_on = '2026-10-31' WHERE user_id = ?", b.users["boss-a1"])
		b.grant("a2-1", "branch_manager", "A1", "2026-11-01")
		b.wantSeats("boss-a1", "manager of a1-1 at A1", "manager of a1-2 at A1", "manager of a1-3 at A1")
		b.wantSeats("a2-1", "self of a2-1 at A2")
		b.exec("UPDATE grants SET to_on = '2026-10-30' WHERE user_id = ?", b.users["boss-a1"])
		b.policy = nil
		b.wantSeats("boss-a1")
		b.wantSeats("boss-a", "manager of a1-1 at A1", "manager of a1-2 at A1", "manager of a1-3 at A1", "manager of a2-1 at A2")
	})
}

func TestCase5_HeadOfficeMayNotWriteABranchsReview(t *testing.T) {
	apptest.EachEngine(t, func(t *testing.T, d *db.DB) {
		b := newBank(t, d)
		b.grant("hr", "branch_manager", "H")
		b.wantSeats("hr")
		out := b.save("hr", cell("a1-1 A1 manager teamwork 4", "", 0))
		if p := out.Outcomes[0].Problem; p == nil || p.Code != "review.not_yours" {
			t.Errorf("got %+v, want a cell that is not theirs", out.Outcomes[0])
		}
	})
}
