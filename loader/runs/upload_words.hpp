// Says what an upload file leaves out, for the operator.
#pragma once

#include <string>
#include <vector>

#include "loader/model/batch.hpp"
#include "loader/runs/upload_file.hpp"

namespace offcirc {

/// One sentence for each transaction that the format can't say, one for each kind of loss, and their sum. Empty if the
/// file says all.
std::vector<std::string> losses_of(const Upload& upload, const Batch& batch);

/// What is not in the file because the system must not see it, or must not see it twice, and what may be in it twice.
std::vector<std::string> notes_of(const Upload& upload, const Batch& batch);

}  // namespace offcirc
