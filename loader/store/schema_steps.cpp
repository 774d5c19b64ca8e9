#include "loader/store/schema_steps.hpp"

#include <array>

#include "loader/store/schema_step_1.hpp"
#include "loader/store/schema_step_2.hpp"
#include "loader/store/schema_step_3.hpp"
#include "loader/store/schema_step_4.hpp"
#include "loader/store/schema_step_5.hpp"
#include "loader/store/schema_step_6.hpp"

namespace offcirc {

std::span<const char* const> schema_steps() {
  static constexpr std::array k_steps = {k_schema_step_1, k_schema_step_2, k_schema_step_3,
                                         k_schema_step_4, k_schema_step_5, k_schema_step_6};
  return k_steps;
}

}  // namespace offcirc
