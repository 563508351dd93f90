#include "app/command_line.hpp"

int main(int argc, char** argv) {
  return frontdesk::app::run(argc, argv);
}
