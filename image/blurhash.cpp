#include "blurhash.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <string_view>
#include <vector>

namespace frontdesk::image {
namespace {

using Colour = std::array<double, 3>;  // linear light, 0 to 1

double to_linear(std::uint8_t value) {
  const double srgb = value / 255.0;
  return srgb <= 0.04045 ? srgb / 12.92 : std::pow((srgb + 0.055) / 1.055, 2.4);
}

int to_srgb(double linear) {
  const double value = std::clamp(linear, 0.0, 1.0);
  const double srgb = value <= 0.0031308 ? value * 12.92 : 1.055 * std::pow(value, 1 / 2.4) - 0.055;
  return static_cast<int>(srgb * 255 + 0.5);
}

// cos(pi·x·i/n) for each component i and place x.
std::vector<double> cosines(int components, int size) {
  std::vector<double> table;
  for (int component = 0; component < components; ++component) {
    for (int place = 0; place < size; ++place) {
      table.push_back(std::cos(std::numbers::pi * component * place / size));
    }
  }
  return table;
}

Colour factor(const std::vector<Colour>& linear, std::span<const double> across,
              std::span<const double> down, double normalisation) {
  Colour sum{};
  std::size_t pixel = 0;
  for (const double row : down) {
    for (const double column : across) {
      for (std::size_t c = 0; c < sum.size(); ++c) sum[c] += row * column * linear[pixel][c];
      ++pixel;
    }
  }
  for (double& part : sum) part *= normalisation / static_cast<double>(linear.size());
  return sum;
}

void append_base83(std::string& out, int value, int length) {
  constexpr std::string_view digits =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz#$%*+,-.:;=?@[]^_{|}~";
  std::string text(static_cast<std::size_t>(length), '0');
  for (auto place = text.rbegin(); place != text.rend(); ++place) {
    *place = digits[static_cast<std::size_t>(value % 83)];
    value /= 83;
  }
  out += text;
}

int encode_average(const Colour& colour) {
  return to_srgb(colour[0]) << 16 | to_srgb(colour[1]) << 8 | to_srgb(colour[2]);
}

int encode_detail(const Colour& colour, double largest) {
  int value = 0;
  for (const double part : colour) {
    const double scaled = part / largest;
    const double root = std::copysign(std::sqrt(std::abs(scaled)), scaled);
    value = value * 19 + std::clamp(static_cast<int>(std::floor(root * 9 + 9.5)), 0, 18);
  }
  return value;
}

}  // namespace

std::string blurhash(const Pixels& pixels, int components_x, int components_y) {
  std::vector<Colour> linear(pixels.rgb.size() / 3);
  for (std::size_t i = 0; i < pixels.rgb.size(); ++i) {
    linear[i / 3][i % 3] = to_linear(pixels.rgb[i]);
  }
  const auto across = cosines(components_x, pixels.width);
  const auto down = cosines(components_y, pixels.height);
  const auto row_of = [](const std::vector<double>& table, int component, int size) {
    return std::span(table).subspan(static_cast<std::size_t>(component) * size,
                                    static_cast<std::size_t>(size));
  };
  std::vector<Colour> factors;
  for (int y = 0; y < components_y; ++y) {
    for (int x = 0; x < components_x; ++x) {
      factors.push_back(factor(linear, row_of(across, x, pixels.width),
                               row_of(down, y, pixels.height), x == 0 && y == 0 ? 1 : 2));
    }
  }

  double largest = 0;
  for (std::size_t i = 1; i < factors.size(); ++i) {
    for (const double part : factors[i]) largest = std::max(largest, std::abs(part));
  }
  const int quantised = std::clamp(static_cast<int>(std::floor(largest * 166 - 0.5)), 0, 82);
  std::string hash;
  append_base83(hash, components_x - 1 + (components_y - 1) * 9, 1);
  append_base83(hash, factors.size() > 1 ? quantised : 0, 1);
  append_base83(hash, encode_average(factors[0]), 4);
  for (std::size_t i = 1; i < factors.size(); ++i) {
    append_base83(hash, encode_detail(factors[i], (quantised + 1) / 166.0), 2);
  }
  return hash;
}

}  // namespace frontdesk::image
