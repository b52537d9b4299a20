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

// arena hands out short lists that stay where they are, cut from long blocks.
type arena[T any] struct {
	block []T
	size  int
}

// take gives a list of n.
func (a *arena[T]) take(n int) []T {
	if cap(a.block)-len(a.block) < n {
		const smallest = 512
		a.size = max(min(2*a.size, slabSize), smallest, n)
		a.block = make([]T, 0, a.size)
	}
	from := len(a.block)
	a.block = a.block[:from+n]
	return a.block[from : from+n : from+n]
}
