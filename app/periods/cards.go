package periods

import "github.com/steelyard/steelyard/app/scorecards"

// CardsOf gives the scorecards of positions as segments need them, of what
// scorecards.Published gives.
func CardsOf(published []scorecards.Version) Cards {
	cards := Cards{}
	for i := range published {
		version := &published[i]
		for _, position := range version.Card.Positions {
			cards[position] = Card{Code: version.Code, PeerGroup: version.Card.PeerGroup}
		}
	}
	return cards
}
