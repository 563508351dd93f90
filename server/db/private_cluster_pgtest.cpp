#include "db/blocking_connection.hpp"
#include "db/child_process.hpp"
#include "db/cluster_binaries.hpp"
#include "db/pool.hpp"
#include "db/private_cluster.hpp"
#include "db/setup_error.hpp"
#include "support/database.hpp"

#include <csignal>
#include <cstdlib>
#include <fstream>
#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <pwd.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

namespace frontdesk::db {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;
using ::testing::HasSubstr;
using testing::run;
using testing::TemporaryFolder;

// One data folder for all tests but those about making it: each starts and stops a PostgreSQL in
// it.
class Cluster : public ::testing::Test {
 protected:
  static void SetUpTestSuite() { folder_ = std::make_unique<TemporaryFolder>(); }
  static void TearDownTestSuite() { folder_.reset(); }
  static PrivateClusterOptions options(const fs::path& data_dir = folder_->path()) {
    return {.data_dir = data_dir, .is_durable = false, .patience = 20s};
  }
  static fs::path data() { return fs::canonical(folder_->path()) / "postgres" / "data"; }

  static std::unique_ptr<TemporaryFolder> folder_;
};
std::unique_ptr<TemporaryFolder> Cluster::folder_;

std::string refusal_of(PrivateClusterOptions options) {
  try {
    PrivateCluster cluster(std::move(options));
  } catch (const SetupError& error) {
    return error.what();
  }
  return "";
}

/// Runs this test program once more, as the process that a test will kill; `as` is the user.
pid_t start_host(const fs::path& data_dir, const ClusterAccount& as) {
  std::ofstream(data_dir / "host.log");
  hand_over(data_dir / "host.log", as);
  return start({{fs::canonical("/proc/self/exe").string(), "--gtest_also_run_disabled_tests",
                 "--gtest_filter=ClusterHost.DISABLED_runs_until_it_is_killed"},
                as,
                data_dir,
                data_dir / "host.log"});
}

ClusterAccount ourselves() {
  return {"", ::geteuid(), ::getegid(), {}, false};
}

std::string contents(const fs::path& path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), {}};
}

bool eventually(const std::function<bool()>& condition) {
  for (int i = 0; i < 1'500; ++i) {
    if (condition()) return true;
    std::this_thread::sleep_for(20ms);
  }
  return false;
}

// Its working directory is the data folder.
TEST(ClusterHost, DISABLED_runs_until_it_is_killed) {
  PrivateCluster cluster({.data_dir = fs::current_path(), .is_durable = false, .patience = 20s});
  BlockingConnection(cluster.owner_url()).run("CREATE TABLE IF NOT EXISTS hosted (n integer)");
  std::ofstream("ready") << cluster.pid();
  for (;;) ::pause();
}

TEST_F(Cluster, keeps_what_was_written_over_a_stop_and_start) {
  {
    PrivateCluster cluster(options());
    BlockingConnection(cluster.owner_url()).run("CREATE TABLE kept AS SELECT 7 AS n");
  }
  EXPECT_TRUE(postgres_processes_in(data()).empty());
  PrivateCluster cluster(options());
  EXPECT_EQ(BlockingConnection(cluster.owner_url()).value("SELECT n FROM kept"), "7");
  BlockingConnection(cluster.owner_url()).run("DROP TABLE kept");
}

TEST_F(Cluster, R73_has_a_role_that_owns_and_one_that_serves) {
  PrivateCluster cluster(options());
  BlockingConnection app(cluster.app_url());
  EXPECT_EQ(app.user(), "frontdesk_app");
  EXPECT_EQ(app.database(), "frontdesk");
  EXPECT_THROW(app.run("CREATE TABLE mine (n integer)"), SqlError);
  BlockingConnection owner(cluster.owner_url());
  EXPECT_EQ(owner.user(), "frontdesk_owner");
  EXPECT_EQ(owner.value("SELECT rolsuper FROM pg_roles WHERE rolname = current_user"), "f");
}

TEST_F(Cluster, listens_on_its_socket_alone_and_only_its_user_may_enter) {
  PrivateCluster cluster(options());
  EXPECT_EQ(BlockingConnection(cluster.owner_url()).value("SHOW listen_addresses"), "");
  struct stat status;
  ASSERT_EQ(::stat(cluster.socket_folder().c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777, 0700u);
  EXPECT_NE(status.st_uid, 0u);
  ASSERT_EQ(::stat(data().c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777, 0700u);
}

TEST_F(Cluster, is_durable_unless_a_test_asks_otherwise) {
  PrivateCluster cluster({.data_dir = folder_->path(), .patience = 20s});
  BlockingConnection connection(cluster.owner_url());
  for (const char* setting :
       {"fsync", "full_page_writes", "synchronous_commit", "data_checksums"}) {
    EXPECT_EQ(connection.value("SELECT current_setting($1)", {setting}), "on") << setting;
  }
}

TEST_F(Cluster, says_so_when_another_server_uses_the_folder) {
  PrivateCluster cluster(options());
  auto second = options();
  second.patience = 100ms;
  const auto refusal = refusal_of(second);
  EXPECT_THAT(refusal, HasSubstr("Another Frontdesk (process " + std::to_string(::getpid())));
  EXPECT_EQ(BlockingConnection(cluster.app_url()).value("SELECT 1"), "1");
}

TEST_F(Cluster, is_started_again_when_it_is_killed_and_the_pool_comes_back) {
  PrivateCluster cluster(options());
  BlockingConnection(cluster.owner_url()).run("CREATE TABLE survives AS SELECT 1 AS n");
  const pid_t killed = cluster.pid();
  auto pool = testing::make_pool({.url = cluster.app_url(), .size = 4});
  constexpr Statement select_one{"select_one", "SELECT 1"};
  const auto is_served = [&] {
    try {
      const auto lease = run(pool->acquire(deadline_in(20s)));
      return run(lease->execute(select_one)).size() == 1;
    } catch (const Fault& fault) {
      EXPECT_EQ(fault.answer().kind, ErrorKind::unavailable) << fault.what();
      return false;
    }
  };
  ASSERT_TRUE(is_served());
  ::kill(killed, SIGKILL);
  EXPECT_TRUE(eventually([&] { return cluster.pid() != 0 && cluster.pid() != killed; }));
  testing::await(is_served, 30s);
  EXPECT_EQ(BlockingConnection(cluster.owner_url()).value("SELECT n FROM survives"), "1");
  BlockingConnection(cluster.owner_url()).run("DROP TABLE survives");
}

TEST_F(Cluster, ends_with_a_server_that_is_killed_and_lets_the_next_one_start) {
  TemporaryFolder folder;
  const pid_t host = start_host(folder.path(), ourselves());
  ASSERT_TRUE(eventually([&] { return !contents(folder.path() / "ready").empty(); }))
      << contents(folder.path() / "host.log");
  const fs::path data = fs::canonical(folder.path()) / "postgres" / "data";
  EXPECT_FALSE(postgres_processes_in(data).empty());
  ::kill(host, SIGKILL);
  ::waitpid(host, nullptr, 0);
  // At once: the PostgreSQL of the killed one may still be writing.
  PrivateCluster cluster(options(folder.path()));
  EXPECT_EQ(BlockingConnection(cluster.owner_url()).value("SELECT count(*) FROM hosted"), "0");
  const std::string log = contents(folder.path() / "postgres" / "postgres.log");
  EXPECT_THAT(log, HasSubstr("received fast shutdown request"));
  EXPECT_THAT(log, ::testing::Not(HasSubstr("was not properly shut down")));
}

TEST_F(Cluster, runs_as_an_ordinary_user_too) {
  const passwd* nobody = ::getpwnam("nobody");
  if (::geteuid() != 0 || nobody == nullptr) GTEST_SKIP() << "the other tests ran as one";
  const ClusterAccount account{"nobody", nobody->pw_uid, nobody->pw_gid, {nobody->pw_gid}, true};
  TemporaryFolder folder;
  hand_over(folder.path(), account);
  const pid_t host = start_host(folder.path(), account);
  EXPECT_TRUE(eventually([&] { return !contents(folder.path() / "ready").empty(); }))
      << contents(folder.path() / "host.log");
  ::kill(host, SIGKILL);
  ::waitpid(host, nullptr, 0);
  // Root takes the folder over as the user whose it is.
  PrivateCluster cluster(options(folder.path()));
  struct stat status;
  ASSERT_EQ(::stat(("/proc/" + std::to_string(cluster.pid())).c_str(), &status), 0);
  EXPECT_EQ(status.st_uid, account.uid);
}

TEST_F(Cluster, says_what_PostgreSQL_s_user_cannot_enter) {
  if (::geteuid() != 0) GTEST_SKIP() << "PostgreSQL's user is our own";
  TemporaryFolder folder;
  const fs::path closed = folder.path() / "closed";
  fs::create_directory(closed);
  ::chmod(closed.c_str(), 0700);
  const auto refusal = refusal_of(options(closed / "data"));
  EXPECT_THAT(refusal, HasSubstr((folder.path() / "closed").string()));
  EXPECT_THAT(refusal, HasSubstr("FRONTDESK_DATA_DIR"));
}

TEST_F(Cluster, never_touches_a_folder_that_is_not_its_own) {
  TemporaryFolder folder;
  const fs::path precious = folder.path() / "postgres" / "data.new" / "precious";
  fs::create_directories(precious.parent_path());
  std::ofstream(precious) << "mine";
  EXPECT_THAT(refusal_of(options(folder.path())), HasSubstr("not Frontdesk's"));
  EXPECT_EQ(contents(precious), "mine");
}

TEST_F(Cluster, makes_again_what_a_start_that_was_cut_short_left) {
  TemporaryFolder folder;
  const fs::path root = folder.path() / "postgres";
  fs::create_directories(root / "data.new" / "base");
  std::ofstream(root / "data.new" / "PG_VERSION") << "15\n";
  std::ofstream(root / "frontdesk-cluster") << "ours";
  PrivateCluster cluster(options(folder.path()));
  EXPECT_EQ(BlockingConnection(cluster.app_url()).value("SELECT 1"), "1");
  EXPECT_FALSE(fs::exists(root / "data.new"));
}

TEST_F(Cluster, finds_a_short_place_for_its_socket) {
  TemporaryFolder folder;
  const fs::path deep = folder.path() / std::string(90, 'd') / "with spaces & more";
  fs::path socket_folder;
  {
    PrivateCluster cluster(options(deep));
    socket_folder = cluster.socket_folder();
    EXPECT_LE((socket_folder / ".s.PGSQL.5432").string().size(), 107u);
    EXPECT_EQ(BlockingConnection(cluster.app_url()).value("SELECT 1"), "1");
  }
  EXPECT_FALSE(fs::exists(socket_folder));
}

TEST_F(Cluster, starts_past_a_pid_file_that_names_a_stranger) {
  {
    PrivateCluster cluster(options());
  }
  const pid_t stranger = ::fork();
  if (stranger == 0) {
    for (;;) ::pause();
  }
  std::ofstream(data() / "postmaster.pid") << stranger << "\n" << data().string() << "\n";
  {
    PrivateCluster cluster(options());
    EXPECT_EQ(BlockingConnection(cluster.app_url()).value("SELECT 1"), "1");
  }
  ::kill(stranger, SIGKILL);
  ::waitpid(stranger, nullptr, 0);
}

TEST_F(Cluster, shows_PostgreSQL_s_own_words_when_it_does_not_start) {
  auto broken = options();
  broken.settings = {{"shared_buffers", "nonsense"}};
  EXPECT_THAT(refusal_of(broken), HasSubstr("nonsense"));
}

TEST(ClusterPrograms, say_what_to_install_when_they_are_missing) {
  EXPECT_GE(ClusterBinaries::find(std::nullopt).major_version, 15);
  try {
    (void)ClusterBinaries::find(9);
    ADD_FAILURE();
  } catch (const SetupError& error) {
    EXPECT_THAT(error.what(), HasSubstr("apt-get install postgresql-9"));
  }
}

}  // namespace
}  // namespace frontdesk::db
