import QtQuick

// A text of the kiosk: it wraps and is never cut. Noto Sans sets its lines 1.36 apart, room for stacked marks.
Text {
    color: Look.ink
    font.family: Look.family
    font.pixelSize: Look.body
    wrapMode: Text.Wrap
    textFormat: Text.PlainText
    Accessible.role: Accessible.StaticText
    Accessible.name: text
}
