package scoring

// slab is a long list that grows without moving what it holds.
type slab[T any] struct {
	blocks [][]T
	size   int
}

const (
	slabBits = 14
	slabSize = 1 << slabBits
)

func (s *slab[T]) push(v T) {
	block := s.size >> slabBits
	if block == len(s.blocks) {
		s.blocks = append(s.blocks, nil)
	}
	s.blocks[block] = append(s.blocks[block], v)
	s.size++
}

func (s *slab[T]) at(i int) *T { return &s.blocks[i>>slabBits][i&(slabSize-1)] }

// cut drops everything from index size on.
func (s *slab[T]) cut(size int) {
	for s.size > size {
		block := (s.size - 1) >> slabBits
		keep := max(size-block<<slabBits, 0)
		s.blocks[block] = s.blocks[block][:keep]
		s.size = block<<slabBits + keep
	}
}
