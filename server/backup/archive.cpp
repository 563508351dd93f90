#include "backup/archive.hpp"

#include "backup/tar_header.hpp"
#include "core/ensure.hpp"
#include "db/setup_error.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>

#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

namespace frontdesk::backup {
namespace {

constexpr std::string_view sums_name = "SHA256SUMS";
constexpr std::size_t members_at_most = 16;
constexpr std::uint64_t text_at_most_bytes = 1UL << 20U;
constexpr std::size_t piece_bytes = 256UL * 1024;
constexpr std::size_t end_bytes = 2 * tar_block_bytes;

void write_at(int file, std::string_view bytes, std::uint64_t position) {
  while (!bytes.empty()) {
    const auto count = ::pwrite(file, bytes.data(), bytes.size(), static_cast<off_t>(position));
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) {
      throw db::SetupError(
          fmt::format("The backup cannot be written: {}.", std::strerror(count < 0 ? errno : EIO)));
    }
    bytes.remove_prefix(static_cast<std::size_t>(count));
    position += static_cast<std::uint64_t>(count);
  }
}

// All that there is, up to `size_bytes`.
std::size_t read_at(int file, char* buffer, std::size_t size_bytes, std::uint64_t position) {
  std::size_t done = 0;
  while (done < size_bytes) {
    const auto count =
        ::pread(file, buffer + done, size_bytes - done, static_cast<off_t>(position + done));
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) {
      throw db::SetupError(fmt::format("The backup cannot be read: {}.", std::strerror(errno)));
    }
    if (count == 0) break;
    done += static_cast<std::size_t>(count);
  }
  return done;
}

[[noreturn]] void refuse(std::string_view what) {
  throw db::SetupError(fmt::format("The file is not a whole backup of Frontdesk: {}.", what));
}

bool is_zero(int file, std::uint64_t position, std::uint64_t size_bytes) {
  TarBlock block{};
  ENSURE(size_bytes <= block.size());
  return read_at(file, block.data(), size_bytes, position) == size_bytes &&
         std::ranges::all_of(block, [](char byte) { return byte == '\0'; });
}

}  // namespace

void ArchiveWriter::write(std::string_view bytes) {
  write_at(file_, bytes, position_);
  position_ += bytes.size();
}

void ArchiveWriter::begin(std::string_view name) {
  ENSURE(name_.empty());
  name_ = name;
  header_at_ = position_;
  digest_ = RunningSha256();
  const TarBlock space{};
  write({space.data(), space.size()});
}

void ArchiveWriter::add(std::string_view bytes) {
  digest_.add(bytes);
  write(bytes);
}

void ArchiveWriter::end() {
  const auto size_bytes = position_ - header_at_ - tar_block_bytes;
  const auto header = write_tar_header({name_, size_bytes});
  write_at(file_, {header.data(), header.size()}, header_at_);
  const TarBlock zeros{};
  write({zeros.data(), tar_padding(size_bytes)});
  sums_ += fmt::format("{}  {}\n", digest_.finish_as_hex(), name_);
  name_.clear();
}

void ArchiveWriter::add_member(std::string_view name, std::string_view bytes) {
  begin(name);
  add(bytes);
  end();
}

void ArchiveWriter::finish() {
  const std::string sums = sums_;
  add_member(sums_name, sums);
  const std::array<char, end_bytes> zeros{};
  write({zeros.data(), zeros.size()});
}

ArchiveReader::ArchiveReader(int file) : file_(file) {
  struct stat status;
  if (::fstat(file, &status) != 0 || !S_ISREG(status.st_mode)) refuse("it is not a regular file");
  const auto file_bytes = static_cast<std::uint64_t>(status.st_size);
  std::uint64_t position = 0;
  while (members_.empty() || members_.back().name != sums_name) {
    TarBlock block{};
    const bool is_whole = read_at(file_, block.data(), block.size(), position) == block.size();
    const auto header = is_whole ? read_tar_header(block) : std::nullopt;
    if (!header && members_.empty()) refuse("it does not begin as one");
    if (!header || members_.size() == members_at_most) refuse("it is damaged or cut short");
    position += block.size();
    const auto room = file_bytes - std::min(position, file_bytes);
    if (header->size_bytes > room || tar_padding(header->size_bytes) > room - header->size_bytes) {
      refuse("it is cut short");
    }
    members_.push_back({header->name, position, header->size_bytes});
    position += header->size_bytes;
    const auto padding = tar_padding(header->size_bytes);
    if (!is_zero(file_, position, padding)) refuse("it is damaged");
    position += padding;
  }
  if (file_bytes != position + end_bytes || !is_zero(file_, position, tar_block_bytes) ||
      !is_zero(file_, position + tar_block_bytes, tar_block_bytes)) {
    refuse("it does not end where it should");
  }
}

void ArchiveReader::verify(const std::function<void()>& keep_going) const {
  std::string sums;
  std::vector<char> buffer(piece_bytes);
  for (const auto& entry : members_) {
    if (entry.name == sums_name) break;
    RunningSha256 digest;
    std::uint64_t offset = 0;
    while (const auto count = read(entry, offset, buffer.data(), buffer.size())) {
      keep_going();
      digest.add({buffer.data(), count});
      offset += count;
    }
    sums += fmt::format("{}  {}\n", digest.finish_as_hex(), entry.name);
  }
  if (sums != text_of(sums_name)) refuse("its contents are not what its SHA256SUMS says");
}

const ArchiveReader::Member& ArchiveReader::member(std::string_view name) const {
  const auto found = std::ranges::find(members_, name, &Member::name);
  if (found == members_.end()) refuse(fmt::format("it has no {}", name));
  return *found;
}

std::string ArchiveReader::text_of(std::string_view name) const {
  const auto& entry = member(name);
  if (entry.size_bytes > text_at_most_bytes) refuse(fmt::format("its {} is too long", name));
  std::string text(entry.size_bytes, '\0');
  if (read(entry, 0, text.data(), text.size()) != text.size()) refuse("it is cut short");
  return text;
}

std::size_t ArchiveReader::read(const Member& member, std::uint64_t offset, char* buffer,
                                std::size_t size_bytes) const {
  const auto left = member.size_bytes - std::min(offset, member.size_bytes);
  return read_at(file_, buffer, std::min<std::uint64_t>(left, size_bytes), member.offset + offset);
}

}  // namespace frontdesk::backup
