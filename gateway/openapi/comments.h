#pragma once

#include <string>

#include <google/protobuf/descriptor.h>

namespace zhenhui::gateway::openapi {

// The comment above an element of a proto, its lines joined as a person meant them: an empty line stays,
// other line ends become spaces. Empty if there is none, or the descriptors came without source info.
template <typename Descriptor>
std::string CommentOf(const Descriptor& element);

// The first sentence: up to the first full stop, Chinese or English, without it.
std::string FirstSentence(const std::string& comment);

}  // namespace zhenhui::gateway::openapi
