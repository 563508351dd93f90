#include "gallery/statements.hpp"
#include "support/database.hpp"

#include <gtest/gtest.h>

namespace frontdesk::gallery {
namespace {

// What the feature does is tested through the API (tests/api/test_gallery.py).
TEST(GallerySql, every_statement_can_be_run) {
  frontdesk::testing::prepare_all(sql::all);
}

}  // namespace
}  // namespace frontdesk::gallery
