import QtQuick

// Labels and values below each other.
Column {
    id: list

    property var facts: []
    property real share: 0.34

    spacing: Look.px(18)

    Repeater {
        model: list.facts.length

        Item {
            id: row
            required property int index
            readonly property var fact: list.facts[index] || Look.blank

            width: list.width
            height: Math.max(label.y + label.implicitHeight, value.implicitHeight)

            Words {
                id: label
                y: value.baselineOffset - baselineOffset
                width: list.width * list.share
                text: row.fact.label
                font.pixelSize: Look.small
                color: Look.quiet
            }
            Words {
                id: value
                x: list.width * list.share + Look.gap
                width: list.width - x
                text: row.fact.value
                font.bold: true
            }
        }
    }
}
