package seed

import "fmt"

const (
	headOffice = "HQ"
	bankName   = "江南示范银行总行"
)

// branches and their outlets, as the bank names them.
var branches = []struct {
	code, name string
	outlets    []string
}{
	{"B01", "滨江分行", []string{"滨江营业部", "钱塘支行", "望江支行", "近江支行"}},
	{"B02", "城北分行", []string{"城北营业部", "拱宸支行", "祥符支行", "半山支行"}},
	{"B03", "云溪分行", []string{"云溪营业部", "西溪支行", "留下支行", "转塘支行"}},
}

// largeOutlet has sixty people: grids and personal sheets must bear that.
const largeOutlet = "B0101"

func outletCode(branch string, n int) string { return fmt.Sprintf("%s%02d", branch, n+1) }

func unitTable() Table {
	t := Table{Kind: "units", Header: []string{"机构代码", "机构名称", "上级机构", "层级"}}
	t.add(headOffice, bankName, "", "总行")
	for _, b := range branches {
		t.add(b.code, b.name, headOffice, "分行")
		for i, name := range b.outlets {
			t.add(outletCode(b.code, i), name, b.code, "支行")
		}
	}
	return t
}
