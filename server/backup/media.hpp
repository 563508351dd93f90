#pragma once

#include "backup/archive_reader.hpp"

#include <cstddef>
#include <filesystem>
#include <functional>

/// The files of images as one member of a backup, media.tar, for a store that is a folder. Every
/// byte of it is covered by the backup's own digests.
namespace frontdesk::backup {

/// Writes all that is below `folder` to the empty file `target`: after the database's snapshot was
/// taken, so that what it names is there. What another process removes meanwhile is left out.
/// `keep_going` is called between pieces and may throw. Throws db::SetupError where it cannot read
/// or write.
void write_media(const std::filesystem::path& folder, int target,
                 const std::function<void()>& keep_going);

/// Puts the files of a media.tar below `folder`, beside those that are there; how many. Throws
/// db::SetupError where it holds anything but files with names of storage::is_object_name, and
/// Fault where the disk refuses.
std::size_t restore_media(const ArchiveReader::Source& source, const std::filesystem::path& folder,
                          const std::function<void()>& keep_going);

}  // namespace frontdesk::backup
