package bank

import (
	"bufio"
	"fmt"
	"io"
)

// WriteActuals writes the actuals of members as a CSV file of that kind.
func WriteActuals(w io.Writer, members int64) error {
	out := bufio.NewWriter(w)
	fmt.Fprintln(out, "考核期,工号,指标代码,实际值")
	for id := int64(1); id <= members; id++ {
		for _, f := range Figures {
			fmt.Fprintf(out, "%s,%s,%s,%s\n", Period, StaffNo(id), f.Metric, f.Actual(id))
		}
	}
	return out.Flush()
}
