import QtQuick

// The whole glass: header, the page, bottom bar. Only the page changes, with a short slide.
Rectangle {
    id: main

    readonly property var pages: ({
        "welcome": "Welcome.qml", "services": "Services.qml", "search": "Search.qml",
        "procedure": "Procedure.qml", "dossier": "Dossier.qml", "scanned": "Scanned.qml", "confirm": "Confirm.qml",
        "issuing": "Issuing.qml", "ticket": "Ticket.qml", "refused": "Refused.qml",
        "out_of_service": "OutOfService.qml", "enrol": "Enrol.qml"
    })
    property string page: ""
    readonly property var pairs: Look.pairs
    property bool animated: true

    function draw() {
        const screen = kiosk.screen
        if (screen.page === page) {
            loader.item.screen = screen
            return
        }
        page = screen.page
        Look.settled = !Look.animated
        loader.setSource(pages[page], {"screen": screen})
        if (Look.animated) {
            enter.restart()
        }
    }

    color: Look.paper
    Component.onCompleted: {
        Look.animated = animated
        draw()
    }
    Binding { target: Look; property: "large"; value: kiosk.frame.large_letters }
    Binding { target: Look; property: "dark"; value: kiosk.frame.high_contrast }
    Binding { target: Look; property: "compact"; value: main.height < main.width }
    Binding { target: Look; property: "unit"; value: Math.max(1, Math.min(main.width, main.height) / 1080) }

    Connections {
        target: kiosk
        function onScreenChanged() {
            main.draw()
        }
    }
    Loader {
        id: loader
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.top: header.bottom
        anchors.bottom: footer.top
        anchors.margins: Look.margin
        anchors.topMargin: Look.px(Look.compact ? 20 : 28)
        anchors.bottomMargin: Look.px(Look.compact ? 20 : 28)
        transform: Translate { id: shift }
    }
    Header {
        id: header
        width: parent.width
        frame: kiosk.frame
    }
    Footer {
        id: footer
        width: parent.width
        anchors.bottom: parent.bottom
        frame: kiosk.frame
    }
    // A code was read: for eyes in a hurry, whatever page it leads to. It takes no touch, and stands where the clock does.
    Rectangle {
        id: mark
        readonly property bool wanted: kiosk.frame.code_read
        objectName: "code-read"
        anchors.right: header.right
        anchors.rightMargin: Look.margin
        anchors.verticalCenter: header.verticalCenter
        height: header.height - Look.px(16)
        width: height
        radius: width / 2
        color: Look.goodPaper
        border.width: Look.px(8)
        border.color: Look.good
        opacity: wanted ? 1 : 0
        visible: opacity > 0
        Accessible.ignored: true
        Behavior on opacity {
            enabled: Look.animated && mark.visible
            NumberAnimation { duration: 180 }
        }

        Icon {
            anchors.centerIn: parent
            name: "check"
            size: mark.width * 0.7
            weight: 2.5
            color: Look.good
        }
    }
    SequentialAnimation {
        id: enter
        ParallelAnimation {
            NumberAnimation { target: loader; property: "opacity"; from: 0; to: 1; duration: 160 }
            NumberAnimation {
                target: shift; property: "x"; from: Look.px(60); to: 0
                duration: 180; easing.type: Easing.OutCubic
            }
        }
        PauseAnimation { duration: 120 }
        ScriptAction { script: Look.settled = true }
    }
}
