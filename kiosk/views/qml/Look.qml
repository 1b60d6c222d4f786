pragma Singleton
import QtQuick

// Colours, letter sizes and distances of every page. Each pair in `pairs` has a contrast of at least 7:1.
QtObject {
    property bool large: false
    property bool dark: false
    property bool animated: true
    property bool settled: true
    property bool compact: false
    property real unit: 1

    readonly property string family: "Noto Sans"
    readonly property color paper: dark ? "#000000" : "#FAF6EF"
    readonly property color card: dark ? "#141414" : "#FFFFFF"
    readonly property color ink: dark ? "#FFFFFF" : "#211A16"
    readonly property color quiet: dark ? "#F2F2F2" : "#4D433C"
    readonly property color line: dark ? "#FFFFFF" : "#D8CCBD"
    readonly property color accent: dark ? "#FFD84A" : "#8C1D18"
    readonly property color accentPressed: dark ? "#FFE68A" : "#6B1410"
    readonly property color accentInk: dark ? "#000000" : "#FFFFFF"
    readonly property color accentPaper: dark ? "#2B2400" : "#F8E9E4"
    readonly property color band: dark ? "#000000" : "#8C1D18"
    readonly property color bandInk: "#FFFFFF"
    readonly property color pressed: dark ? "#3A3A3A" : "#EFE6DA"
    readonly property color goodPaper: dark ? "#00240F" : "#E4F2E7"
    readonly property color good: dark ? "#8CF0B0" : "#0F4A28"
    readonly property color warningPaper: dark ? "#2B1D00" : "#FFF1D6"
    readonly property color warning: dark ? "#FFCF70" : "#663A00"
    readonly property color faintPaper: dark ? "#141414" : "#EEE7DC"

    readonly property var pairs: [
        [ink, paper], [ink, card], [ink, pressed], [quiet, paper], [quiet, card], [quiet, pressed],
        [accentInk, accent], [accentInk, accentPressed], [accent, card], [accent, paper],
        [accent, accentPaper], [ink, accentPaper], [quiet, accentPaper], [bandInk, band],
        [good, goodPaper], [warning, warningPaper], [quiet, faintPaper], [ink, faintPaper]
    ]

    // Stands in for a row that a list has just lost, until its delegate is gone.
    readonly property var blank: ({
        "id": "", "code": "", "name": "", "note": "", "label": "", "value": "", "heading": "",
        "remark": false, "available": true, "chosen": false
    })

    readonly property int touch: px(104)
    readonly property int gap: px(compact ? 20 : 24)
    readonly property int margin: px(compact ? 32 : 40)
    readonly property int radius: px(22)
    readonly property int small: letters(30)
    readonly property int body: letters(36)
    readonly property int strong: letters(44)
    readonly property int title: letters(60)

    function px(size) {
        return Math.round(size * unit)
    }
    // Large letters grow by a quarter; titles are large already and grow by less, and so does all on a low glass.
    function letters(size) {
        const growth = !large ? 1 : compact ? (size >= 48 ? 1.06 : 1.14) : (size >= 56 ? 1.12 : 1.24)
        return Math.round(size * unit * growth)
    }
    function tone(name) {
        return name === "good" ? good : name === "warning" ? warning : quiet
    }
    function tonePaper(name) {
        return name === "good" ? goodPaper : name === "warning" ? warningPaper : faintPaper
    }
}
