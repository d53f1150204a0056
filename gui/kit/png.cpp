#include <fcntl.h>
#include <png.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <system_error>

#include "core/base/check.hpp"
#include "gui/kit/picture.hpp"

namespace kiem::gui {
namespace {

tl::unexpected<Error> disk_error(int number, const std::string& path) {
  if (number == ENOENT || number == ENOTDIR) return fail(ErrorCode::file_missing, Fault::person, {path});
  if (number == EACCES || number == EPERM || number == EROFS || number == EISDIR) {
    return fail(ErrorCode::file_unreadable, Fault::person, {path});
  }
  if (number == ENOSPC || number == EDQUOT) return fail(ErrorCode::disk_full, Fault::machine);
  return fail(ErrorCode::disk_failed, Fault::machine, {std::generic_category().message(number)});
}

// A window is not seen through, so only the colours are kept.
std::vector<std::uint8_t> encode(const Picture& picture) {
  png_image image{};
  image.version = PNG_IMAGE_VERSION;
  image.width = static_cast<png_uint_32>(picture.width);
  image.height = static_cast<png_uint_32>(picture.height);
  image.format = PNG_FORMAT_RGB;
  std::vector<std::uint8_t> colors;
  colors.reserve(picture.rgba.size() / 4 * 3);
  for (std::size_t i = 0; i < picture.rgba.size(); ++i) {
    if (i % 4 != 3) colors.push_back(picture.rgba[i]);
  }
  png_alloc_size_t size = PNG_IMAGE_PNG_SIZE_MAX(image);
  std::vector<std::uint8_t> bytes(size);
  // Into memory that is large enough, so only a picture of no size can fail.
  KIEM_CHECK(png_image_write_to_memory(&image, bytes.data(), &size, 0, colors.data(), 0, nullptr) != 0);
  bytes.resize(size);
  return bytes;
}

Status write_all(int file, const std::vector<std::uint8_t>& bytes, const std::string& path) {
  std::size_t done = 0;
  while (done < bytes.size()) {
    const ssize_t written = ::write(file, bytes.data() + done, bytes.size() - done);
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return disk_error(errno, path);
    done += static_cast<std::size_t>(written);
  }
  if (::fsync(file) != 0 && errno != EINVAL && errno != EROFS) return disk_error(errno, path);
  return {};
}

}  // namespace

Status write_png(const Picture& picture, const std::string& path) {
  const std::vector<std::uint8_t> bytes = encode(picture);
  std::string beside = path + ".XXXXXX";
  const int file = ::mkstemp(beside.data());
  if (file < 0) return disk_error(errno, path);
  Status status = write_all(file, bytes, path);
  if (status && ::fchmod(file, 0644) != 0) status = disk_error(errno, path);
  if (::close(file) != 0 && status) status = disk_error(errno, path);
  if (status && ::rename(beside.c_str(), path.c_str()) != 0) status = disk_error(errno, path);
  if (!status) ::unlink(beside.c_str());
  return status;
}

Result<Picture> read_png(const std::string& path) {
  if (std::error_code error; !std::filesystem::exists(path, error)) {
    return fail(ErrorCode::file_missing, Fault::person, {path});
  }
  png_image image{};
  image.version = PNG_IMAGE_VERSION;
  if (png_image_begin_read_from_file(&image, path.c_str()) == 0) {
    return fail(ErrorCode::file_unreadable, Fault::person, {path});
  }
  image.format = PNG_FORMAT_RGBA;
  Picture picture{static_cast<int>(image.width), static_cast<int>(image.height), {}};
  picture.rgba.resize(PNG_IMAGE_SIZE(image));
  if (png_image_finish_read(&image, nullptr, picture.rgba.data(), 0, nullptr) == 0) {
    return fail(ErrorCode::file_unreadable, Fault::person, {path});
  }
  return picture;
}

std::size_t differing_pixels(const Picture& a, const Picture& b, int tolerance) {
  const std::size_t pixels = std::max(a.rgba.size(), b.rgba.size()) / 4;
  if (a.width != b.width || a.height != b.height) return pixels;
  std::size_t count = 0;
  for (std::size_t i = 0; i < pixels; ++i) {
    bool differs = false;
    for (std::size_t k = 0; k < 4; ++k) {
      differs = differs || std::abs(int{a.rgba[4 * i + k]} - int{b.rgba[4 * i + k]}) > tolerance;
    }
    count += differs ? 1 : 0;
  }
  return count;
}

}  // namespace kiem::gui
