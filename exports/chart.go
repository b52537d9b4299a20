package exports

import (
	"fmt"

	"github.com/xuri/excelize/v2"
)

// ChartKind is the shape of a chart.
type ChartKind uint8

// The kinds of chart.
const (
	ColumnChart ChartKind = iota
	StackedChart
	BarChart
	RadarChart
	LineChart
)

// Chart is a native chart over ranges of a sheet.
type Chart struct {
	Kind          ChartKind
	Title         string
	Series        []Series
	Max           float64 // the fixed end of the axis; 0 leaves it to the figures
	Column, Row   int     // the corner at the top left, counted from 1
	Width, Height uint    // in pixels
	Format        Format  // of the labels
	XTitle        string
	YTitle        string
	NoLabels      bool
}

// Series is one row of figures in a chart; Name, Categories and Values are references.
type Series struct {
	Name, Categories, Values string
	Colour                   string // "#0B5CAD"; the house's colours in turn if left out
}

// seriesColours can be told apart by readers who do not see red or green.
var seriesColours = []string{"#0B5CAD", "#D55E00", "#009E73", "#8E5EA2", "#F0B429", "#7A8794", "#3CC9B8"}

var chartTypes = map[ChartKind]excelize.ChartType{
	ColumnChart: excelize.Col, StackedChart: excelize.ColStacked, BarChart: excelize.Bar,
	RadarChart: excelize.Radar, LineChart: excelize.Line,
}

// bottom is the row where the chart ends, at the usual height of rows.
func (c Chart) bottom() int { return c.Row + int(c.Height)/18 + 1 }

// right is the column where the chart ends; what lies right of the given widths is of the usual width.
func (c Chart) right(widths []float64) int {
	const pixels, usual = 7.0, 9.0
	column, left := c.Column, float64(c.Width)
	for ; left > 0; column++ {
		width := usual
		if column <= len(widths) {
			width = widths[column-1]
		}
		left -= width*pixels + 5
	}
	return column - 1
}

// draw adds a chart to a sheet.
func (b *Book) draw(sheet string, c Chart) error {
	cell, err := excelize.CoordinatesToCellName(c.Column, c.Row)
	if err != nil {
		return fmt.Errorf("chart %q: %w", c.Title, err)
	}
	same := false
	font := excelize.Font{Family: b.words.Font, Size: 9, Color: ink}
	chart := &excelize.Chart{
		Type: chartTypes[c.Kind], Series: b.series(c, font),
		Dimension:  excelize.ChartDimension{Width: c.Width, Height: c.Height},
		Title:      excelize.ChartTitle{Paragraph: []excelize.RichTextRun{{Text: c.Title, Font: &excelize.Font{Family: b.words.Font, Size: 11, Bold: true, Color: ink}}}},
		VaryColors: &same, ShowBlanksAs: "gap",
		Legend:   excelize.ChartLegend{Position: "none", Font: &font},
		PlotArea: excelize.ChartPlotArea{ShowVal: !c.NoLabels, NumFmt: excelize.ChartNumFmt{CustomNumFmt: c.Format.code()}},
		XAxis:    excelize.ChartAxis{Font: font, ReverseOrder: c.Kind == BarChart, Title: axisTitle(c.XTitle, font)},
		YAxis:    excelize.ChartAxis{Font: font, MajorGridLines: true, Title: axisTitle(c.YTitle, font)},
		Border:   excelize.LineOptions{Type: excelize.LineNone},
	}
	if c.Kind == BarChart { // its labels say the figures; turned round, its axis would stand on top
		chart.YAxis.None = true
	}
	if len(c.Series) > 1 {
		chart.Legend.Position = "bottom"
	}
	if c.Max > 0 {
		low, high := 0.0, c.Max
		chart.YAxis.Minimum, chart.YAxis.Maximum = &low, &high
	}
	if c.Kind == ColumnChart || c.Kind == BarChart || c.Kind == StackedChart {
		gap := uint(60)
		chart.GapWidth = &gap
	}
	return b.file.AddChart(sheet, cell, chart)
}

func (b *Book) series(c Chart, font excelize.Font) []excelize.ChartSeries {
	series := make([]excelize.ChartSeries, len(c.Series))
	for i, s := range c.Series {
		colour := s.Colour
		if colour == "" {
			colour = seriesColours[i%len(seriesColours)]
		}
		series[i] = excelize.ChartSeries{
			Name: s.Name, Categories: s.Categories, Values: s.Values, Fill: solid(colour),
			DataLabel: excelize.ChartDataLabel{Font: font},
		}
		if c.Kind == RadarChart || c.Kind == LineChart {
			series[i].Line = excelize.LineOptions{Fill: solid(colour), Width: 2}
			series[i].Marker = excelize.ChartMarker{Symbol: "circle", Size: 5, Fill: solid(colour)}
		}
	}
	return series
}

func axisTitle(title string, font excelize.Font) excelize.ChartTitle {
	if title == "" {
		return excelize.ChartTitle{}
	}
	return excelize.ChartTitle{Paragraph: []excelize.RichTextRun{{Text: title, Font: &font}}}
}
