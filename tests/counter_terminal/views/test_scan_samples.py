from counter_terminal.desk.scan_meaning import ScanMeaning
from counter_terminal.views.gallery import sample_screens
from plumbing.sentences import load_sentences

SENTENCES = load_sentences("counter_terminal", "vi")


def test_there_is_a_picture_of_each_sentence_about_a_scan_and_a_file() -> None:
    names = {name for name, _ in sample_screens(SENTENCES.say, ("Hộ tịch",))}
    wanted = {
        f"{picture}{key.removeprefix(part).replace('_', '-')}"
        for part, picture in (("file.", "file-"), ("scanned_ticket.", "scan-ticket-"))
        for key in SENTENCES.entries
        if key.startswith(part)
    }
    wanted |= {f"scan-{meaning.replace('_', '-')}" for meaning in ScanMeaning}
    assert wanted - {"scan-ticket", "scan-asking"} <= names
