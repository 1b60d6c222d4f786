import QtQuick
import QtQuick.Layouts

// A page that only says something: an icon, a headline, what is so, what to do.
ColumnLayout {
    id: message

    property string icon: "info"
    property string title: ""
    property string text: ""
    property string advice: ""
    readonly property int side: Look.compact ? Text.AlignLeft : Text.AlignHCenter
    default property alias more: actions.data

    spacing: Look.gap

    Item {
        Layout.fillHeight: true
        Layout.preferredHeight: 1
    }
    GridLayout {
        Layout.fillWidth: true
        columns: Look.compact ? 2 : 1
        columnSpacing: Look.px(56)
        rowSpacing: Look.px(32)

        Rectangle {
            Layout.alignment: Look.compact ? Qt.AlignTop : Qt.AlignHCenter
            implicitWidth: Look.px(180)
            implicitHeight: Look.px(180)
            radius: width / 2
            color: Look.warningPaper

            Icon {
                anchors.centerIn: parent
                name: message.icon
                size: Look.px(100)
                weight: 1.7
                color: Look.warning
            }
        }
        ColumnLayout {
            Layout.fillWidth: true
            spacing: Look.gap

            PageTitle {
                Layout.fillWidth: true
                text: message.title
                font.pixelSize: Look.letters(Look.compact ? 60 : 68)
                horizontalAlignment: message.side
            }
            Words {
                Layout.fillWidth: true
                text: message.text
                font.pixelSize: Look.letters(Look.compact ? 38 : 44)
                horizontalAlignment: message.side
            }
            Words {
                Layout.fillWidth: true
                visible: text !== ""
                text: message.advice
                font.pixelSize: Look.letters(Look.compact ? 38 : 44)
                font.bold: true
                horizontalAlignment: message.side
            }
        }
    }
    Item {
        Layout.fillHeight: true
        Layout.preferredHeight: 1
    }
    ColumnLayout {
        id: actions
        Layout.fillWidth: true
        spacing: Look.gap
    }
}
