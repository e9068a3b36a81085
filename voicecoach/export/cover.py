"""The cover as a picture inside a file."""

import base64
from typing import TYPE_CHECKING

from voicecoach.export.labels import Picture

if TYPE_CHECKING:
    from av import Packet
    from av.container import OutputContainer
    from av.stream import Stream

FRONT_COVER = 3
"""The number of a front cover among the kinds of pictures, in ID3 as in FLAC."""


def attach(container: "OutputContainer", picture: Picture) -> "Packet[Stream]":
    """Make a place for `picture` in `container`; the packet is to be written before all others."""
    import av
    from av.stream import Disposition

    codec = "png" if picture.mime == "image/png" else "mjpeg"
    stream = container.add_mux_stream(codec, width=picture.width, height=picture.height)
    stream.disposition = Disposition.attached_pic
    stream.metadata["comment"] = "Cover (front)"  # FFmpeg's name for the kind of a picture
    packet = av.Packet(picture.data)
    packet.stream, packet.pts, packet.dts, packet.is_keyframe = stream, 0, 0, True
    return packet


def as_comment(picture: Picture) -> str:
    """`picture` as the text of METADATA_BLOCK_PICTURE, the comment that holds a cover in Ogg."""
    from mutagen import flac

    block = flac.Picture()
    block.type, block.mime, block.data = FRONT_COVER, picture.mime, picture.data
    block.width, block.height, block.depth = picture.width, picture.height, 24
    return base64.b64encode(block.write()).decode("ascii")
