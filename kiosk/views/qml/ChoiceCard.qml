import QtQuick
import QtQuick.Layouts

// One of the three great choices of the first page.
Pressable {
    id: card

    property string icon: ""
    property bool primary: false
    property bool upright: false
    property bool dense: false
    readonly property color words: primary ? Look.accentInk : Look.ink
    readonly property bool slim: Look.compact && !upright

    implicitHeight: grid.implicitHeight + Look.px(slim ? 28 : 56)

    Rectangle {
        anchors.fill: parent
        radius: Look.px(30)
        color: card.primary ? (card.down ? Look.accentPressed : Look.accent)
                            : (card.down ? Look.pressed : Look.card)
        border.width: card.primary ? 0 : Look.px(Look.dark ? 3 : 2)
        border.color: Look.line
        scale: card.down ? 0.99 : 1
        Behavior on scale {
            enabled: Look.animated
            NumberAnimation { duration: 90 }
        }
    }
    GridLayout {
        id: grid
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.leftMargin: Look.px(card.dense ? 28 : 44)
        anchors.rightMargin: Look.px(card.dense ? 28 : 44)
        anchors.verticalCenter: parent.verticalCenter
        columns: card.upright ? 1 : 2
        columnSpacing: Look.px(card.dense ? 28 : 44)
        rowSpacing: Look.px(24)

        Rectangle {
            Layout.alignment: card.upright ? Qt.AlignHCenter : Qt.AlignVCenter
            implicitWidth: Look.px(card.dense ? 84 : card.slim ? 112 : 150)
            implicitHeight: implicitWidth
            radius: width / 2
            color: card.primary ? Qt.rgba(1, 1, 1, Look.dark ? 0.35 : 0.14) : Look.accentPaper

            Icon {
                anchors.centerIn: parent
                name: card.icon
                size: Look.px(card.dense ? 52 : card.slim ? 68 : 88)
                weight: 1.7
                color: card.primary ? Look.accentInk : Look.accent
            }
        }
        ColumnLayout {
            Layout.fillWidth: true
            spacing: Look.px(4)

            Words {
                Layout.fillWidth: true
                text: card.label
                font.pixelSize: card.dense ? Look.letters(48) : Look.title
                font.bold: true
                color: card.words
                horizontalAlignment: card.upright ? Text.AlignHCenter : Text.AlignLeft
                Accessible.ignored: true
            }
            Words {
                Layout.fillWidth: true
                text: card.hint
                font.pixelSize: card.slim ? Look.small : Look.body
                color: card.primary ? Look.accentInk : Look.quiet
                horizontalAlignment: card.upright ? Text.AlignHCenter : Text.AlignLeft
                Accessible.ignored: true
            }
        }
    }
}
