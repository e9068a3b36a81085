from textual.message import Message
from textual.message_pump import MessagePump

from voicecoach.tui.threads import tell


class Gone(MessagePump):
    """A screen whose event loop is closed in the moment something is posted."""

    def post_message(self, message: Message) -> bool:
        raise RuntimeError("Event loop is closed")


def test_a_screen_that_is_gone_is_no_error() -> None:
    assert tell(Gone(), Message()) is False
