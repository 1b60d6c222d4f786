import QtQuick
import QtQuick.Layouts

// The press is on its way; nobody knows yet what became of it.
ColumnLayout {
    id: page

    required property var screen

    spacing: Look.gap

    Item {
        Layout.fillHeight: true
        Layout.preferredHeight: 1
    }
    Item {
        Layout.alignment: Qt.AlignHCenter
        implicitWidth: Look.px(Look.compact ? 140 : 200)
        implicitHeight: implicitWidth

        Rectangle {
            anchors.fill: parent
            anchors.margins: parent.width * 0.12
            radius: width / 2
            color: "transparent"
            border.width: parent.width * 0.06
            border.color: Look.faintPaper
        }
        Icon {
            anchors.fill: parent
            name: "wait"
            size: parent.width
            weight: 1.44
            color: Look.accent
            RotationAnimation on rotation {
                running: Look.animated
                from: 0
                to: 360
                duration: 1600
                loops: Animation.Infinite
            }
        }
    }
    PageTitle {
        Layout.fillWidth: true
        text: kiosk.t.issuing_title
        horizontalAlignment: Text.AlignHCenter
    }
    Words {
        Layout.fillWidth: true
        text: page.screen.message
        font.pixelSize: Look.strong
        horizontalAlignment: Text.AlignHCenter
    }
    Words {
        Layout.fillWidth: true
        text: page.screen.service
        font.pixelSize: Look.strong
        font.bold: true
        color: Look.accent
        horizontalAlignment: Text.AlignHCenter
    }
    NoticeStrip {
        Layout.fillWidth: true
        Layout.topMargin: Look.gap
        notice: page.screen.notice
    }
    Item {
        Layout.fillHeight: true
        Layout.preferredHeight: 2
    }
}
