"""Messages from a thread to the screen that started it."""

from textual.message import Message
from textual.message_pump import MessagePump


def tell(screen: MessagePump, message: Message) -> bool:
    """Posts a message from a thread; false if the screen, or the whole app, is gone."""
    try:
        return screen.post_message(message)
    except RuntimeError:  # the event loop was closed in this moment
        return False
