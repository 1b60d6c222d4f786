import QtQuick
import QtQuick.Layouts

// A few figures beside each other, each with its label above.
RowLayout {
    id: facts

    property var facts: []
    property int letters: Look.letters(46)

    spacing: Look.gap

    Repeater {
        model: facts.facts.length

        Rectangle {
            id: box
            required property int index
            readonly property var fact: facts.facts[index] || Look.blank

            Layout.fillWidth: true
            Layout.fillHeight: true
            Layout.preferredWidth: 1
            implicitHeight: words.implicitHeight + Look.px(32)
            radius: Look.radius
            color: Look.faintPaper
            border.width: Look.dark ? Look.px(2) : 0
            border.color: Look.line

            ColumnLayout {
                id: words
                anchors.left: parent.left
                anchors.right: parent.right
                anchors.verticalCenter: parent.verticalCenter
                anchors.margins: Look.px(20)
                spacing: 0

                Words {
                    Layout.fillWidth: true
                    text: box.fact.label
                    font.pixelSize: Look.letters(28)
                    color: Look.quiet
                    horizontalAlignment: Text.AlignHCenter
                }
                Words {
                    Layout.fillWidth: true
                    text: box.fact.value
                    font.pixelSize: facts.letters
                    font.bold: true
                    horizontalAlignment: Text.AlignHCenter
                }
            }
        }
    }
}
