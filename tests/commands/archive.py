"""Writes what `backup` writes, so that a test can forge one with right digests."""
import hashlib
import tarfile


def member(name, data=b"", **fields):
    """A member's header and contents; fields are tarfile.TarInfo's."""
    info = tarfile.TarInfo(name)
    info.size = len(data)
    for field, value in fields.items():
        setattr(info, field, value)
    header = info.tobuf(tarfile.PAX_FORMAT if info.pax_headers else tarfile.GNU_FORMAT)
    return header + data + b"\0" * (-len(data) % tarfile.BLOCKSIZE)


def write_archive(path, members, others=b""):
    """members by name, then others as they are, which SHA256SUMS counts only among all bytes."""
    before = b"".join(member(name, data) for name, data in members.items()) + others
    sums = "".join(f"{hashlib.sha256(data).hexdigest()}  {name}\n" for name, data in members.items())
    last = "# {}  every byte of the archive before this file's contents\n"
    header = member("SHA256SUMS", b" " * len(sums + last.format("0" * 64)))[:tarfile.BLOCKSIZE]
    sums += last.format(hashlib.sha256(before + header).hexdigest())
    contents = sums.encode() + b"\0" * (-len(sums) % tarfile.BLOCKSIZE)
    path.write_bytes(before + header + contents + b"\0" * 2 * tarfile.BLOCKSIZE)
