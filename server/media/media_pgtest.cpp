#include "media/media.hpp"
#include "media/statements.hpp"
#include "storage/folder_store.hpp"
#include "support/database.hpp"

#include <chrono>
#include <csignal>
#include <filesystem>
#include <set>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <unistd.h>

namespace frontdesk::media {
namespace {

using namespace std::chrono_literals;
using frontdesk::testing::sql;
using frontdesk::testing::sql_count;
namespace fs = std::filesystem;

/// A PNG of one pixel.
const std::string png(
    "\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\x08\2\0\0\0\x90wS\xde\0\0\0\x0cIDATx\x9c"
    "c```\0\0\0\4\0\1\xf6\x17"
    "8U\0\0\0\0IEND\xae"
    "B`\x82",
    69);

/// A folder that can be made to fail.
class MoodyStore final : public storage::ObjectStore {
 public:
  explicit MoodyStore(const fs::path& folder) : folder_(folder) {}
  void put(const std::string& name, std::string_view bytes, std::string_view type) override {
    check();
    folder_.put(name, bytes, type);
  }
  std::optional<std::string> get(const std::string& name) override { return folder_.get(name); }
  void remove(const std::string& name) override {
    check();
    if (name.contains(stuck)) throw Fault("this one stays", unavailable());
    folder_.remove(name);
  }
  [[nodiscard]] std::string describe() const override { return "moody"; }

  std::atomic<bool> fails{false};
  std::string stuck = "none";  ///< what is in the names of files that cannot be removed

 private:
  void check() const {
    if (fails) throw Fault("the store fails", unavailable());
  }
  storage::FolderStore folder_;
};

class MediaTest : public ::testing::Test {
 protected:
  void SetUp() override {
    std::signal(SIGPIPE, SIG_IGN);
    frontdesk::testing::reset();
    fs::remove_all(folder);
    pool = frontdesk::testing::make_pool({.size = 4});
    media = std::make_unique<Media>(*pool, shop, threads, store);
  }
  void TearDown() override { fs::remove_all(folder); }

  static Deadline soon() { return deadline_in(20s); }
  template <class T>
  static T run(Task<T> task) {
    return frontdesk::testing::run(std::move(task));
  }
  TakenImage taken(ImageKind kind = ImageKind::service) {
    auto result = run(media->take_in(kind, png, "A pixel", soon()));
    EXPECT_TRUE(result.has_value());
    return *result;
  }
  bool is_kept(const TakenImage& image) {
    return sql_count("SELECT count(*) FROM images WHERE id = $1", {image.id.to_string()}) == 1;
  }
  std::size_t files() const {
    if (!fs::exists(folder)) return 0;
    std::size_t count = 0;
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
      if (entry.is_regular_file()) ++count;
    }
    return count;
  }
  static void name_by_service(const TakenImage& image) {
    sql("INSERT INTO service_categories (id, name) VALUES (gen_random_uuid(), 'Hair');"
        "INSERT INTO services (id, category_id, name, price, duration, image_id) "
        "SELECT gen_random_uuid(), id, 'Cut', 1, 5, '" +
        image.id.to_string() + "' FROM service_categories LIMIT 1");
  }
  static void a_day_passes() {
    sql("UPDATE images SET unnamed_since = unnamed_since - interval '25 hours'");
  }
  std::int64_t clean() { return run(media->clean(100, soon())); }

  fs::path folder = fs::temp_directory_path() / fmt::format("frontdesk-media.{}", ::getpid());
  MoodyStore store{folder};
  storage::WorkThreads threads{{.threads = 2}};
  ImageShop shop{{.program = FRONTDESK_IMAGE_PROGRAM}};
  std::unique_ptr<db::Pool> pool;
  std::unique_ptr<Media> media;
};

TEST_F(MediaTest, R70_an_image_is_a_row_and_its_files) {
  const auto image = taken().image;
  EXPECT_EQ(image.alt, "A pixel");
  EXPECT_EQ(image.sizes.size(), 1U);
  EXPECT_EQ(files(), 2U);
  EXPECT_TRUE(run(media->file(true, image.key, "1.webp")));
  EXPECT_TRUE(run(media->file(true, image.key, "1.jpg")));
  EXPECT_FALSE(run(media->file(true, image.key, "2.jpg")));
  EXPECT_FALSE(run(media->file(false, image.key, "1.jpg"))) << "it is public";
  EXPECT_FALSE(run(media->file(true, taken(ImageKind::avatar).image.key, "1.jpg")));
}

TEST_F(MediaTest, R70_what_is_no_image_leaves_nothing) {
  for (const std::string& bytes : {std::string(), std::string("GIF89a"), png.substr(0, 40)}) {
    const auto refused = run(media->take_in(ImageKind::gallery, bytes, "", soon()));
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, "image_unreadable");
  }
  EXPECT_EQ(sql_count("SELECT count(*) FROM images"), 0);
  EXPECT_EQ(files(), 0U);
}

TEST_F(MediaTest, what_somebody_shows_is_never_removed) {
  const auto image = taken();
  name_by_service(image);
  a_day_passes();
  EXPECT_EQ(clean(), 0);
  EXPECT_EQ(sql_count("SELECT count(*) FROM images WHERE unnamed_since IS NULL"), 1);
  a_day_passes();
  EXPECT_EQ(clean(), 0);
  EXPECT_EQ(files(), 2U);
}

TEST_F(MediaTest, what_nobody_shows_any_more_is_removed_a_day_later) {
  const auto image = taken();
  name_by_service(image);
  EXPECT_EQ(clean(), 0);
  sql("DELETE FROM services");  // however it comes: no feature has to say so
  EXPECT_EQ(clean(), 0);
  EXPECT_EQ(files(), 2U);
  a_day_passes();
  EXPECT_EQ(clean(), 1);
  EXPECT_FALSE(is_kept(image));
  EXPECT_EQ(files(), 0U);
}

TEST_F(MediaTest, an_upload_that_died_before_its_commit_is_found) {
  const auto image = taken();  // nobody has named it when the server ends
  EXPECT_EQ(clean(), 0) << "it may be under way";
  a_day_passes();
  EXPECT_EQ(clean(), 1);
  EXPECT_FALSE(is_kept(image));
  EXPECT_EQ(files(), 0U);
}

TEST_F(MediaTest, files_that_were_never_written_are_no_obstacle) {
  store.fails = true;
  EXPECT_THROW(run(media->take_in(ImageKind::service, png, "", soon())), Fault);
  EXPECT_EQ(sql_count("SELECT count(*) FROM images"), 1) << "the row came first";
  store.fails = false;
  a_day_passes();
  EXPECT_EQ(clean(), 1);
}

TEST_F(MediaTest, one_file_that_stays_holds_up_no_other) {
  const auto image = taken();
  const auto other = taken();
  a_day_passes();
  store.stuck = image.image.key.to_string();
  EXPECT_THROW(clean(), Fault);
  EXPECT_TRUE(is_kept(image));
  EXPECT_FALSE(is_kept(other));
}

TEST_F(MediaTest, nor_do_more_of_them_than_a_page_holds) {
  for (int i = 0; i < 12; ++i) taken(ImageKind::avatar);
  const auto other = taken();
  a_day_passes();
  store.stuck = "private/";
  EXPECT_THROW(run(media->clean(5, soon())), Fault);
  EXPECT_FALSE(is_kept(other));
}

TEST_F(MediaTest, all_that_is_due_is_removed_however_many_a_page_holds) {
  for (int i = 0; i < 5; ++i) taken();
  a_day_passes();
  EXPECT_EQ(run(media->clean(2, soon())), 5);
  EXPECT_EQ(files(), 0U);
}

TEST_F(MediaTest, a_row_stays_until_its_files_are_gone) {
  const auto image = taken();
  a_day_passes();
  store.fails = true;
  EXPECT_THROW(clean(), Fault);
  EXPECT_TRUE(is_kept(image));
  store.fails = false;
  EXPECT_EQ(clean(), 1);
  EXPECT_EQ(files(), 0U);
}

TEST_F(MediaTest, one_that_is_named_at_the_last_moment_stays) {
  const auto image = taken();
  a_day_passes();
  // Named after the list was read: what the list says does not decide.
  sql("CREATE FUNCTION name_it() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$ BEGIN "
      "INSERT INTO gallery_items (id, image_id) VALUES (gen_random_uuid(), OLD.id); "
      "RETURN OLD; END $$;"
      "CREATE TRIGGER name_it BEFORE DELETE ON images FOR EACH ROW EXECUTE FUNCTION name_it()");
  EXPECT_EQ(clean(), 0);
  sql("DROP TRIGGER name_it ON images; DROP FUNCTION name_it()");
  EXPECT_TRUE(is_kept(image));
  EXPECT_EQ(files(), 2U);
}

TEST_F(MediaTest, R19_beyond_the_queue_is_503) {
  ImageShop small({.program = FRONTDESK_IMAGE_PROGRAM, .at_once = 1, .queue = 0});
  Media busy(*pool, small, threads, store);
  int refused = 0;
  int made = 0;
  const auto attempt = [](Media& on, int& good, int& bad) -> Task<void> {
    try {
      if (co_await on.take_in(ImageKind::service, png, "", soon())) ++good;
    } catch (const Fault& fault) {
      if (fault.answer().kind == ErrorKind::unavailable && fault.answer().retry_after) ++bad;
    }
  };
  for (int i = 0; i < 3; ++i) {
    asio::co_spawn(frontdesk::testing::io(), attempt(busy, made, refused), asio::detached);
  }
  frontdesk::testing::await([&] { return made + refused == 3; });
  EXPECT_EQ(made, 1);
  EXPECT_EQ(refused, 2);
}

TEST(MediaSql, every_statement_can_be_run) {
  frontdesk::testing::prepare_all(sql::all);
}

}  // namespace
}  // namespace frontdesk::media
