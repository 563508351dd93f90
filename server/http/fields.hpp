#pragma once
// Interface that every wire.cpp relies on; the http module makes it real.
//
//   http::Fields fields(request.json());                 // a non-object body is 422 too
//   auto service = fields.id<ServiceId>("service_id");   // required: absent or bad → FieldError
//   auto staff   = fields.optional_id<StaffId>("staff_id");
//   auto name    = fields.text("name", {.min = 1, .max = 200});       // characters, not bytes
//   auto notes   = fields.optional_text("notes", {.max = 2000});
//   auto size    = fields.optional_integer("party_size", 1, 100);
//   auto flag    = fields.optional_boolean("override");
//   auto date    = fields.optional_date("date");         // LocalDate
//   auto time    = fields.optional_time("time");         // LocalTime
//   auto at      = fields.optional_instant("starts_at"); // Instant
//   fields.reject("date", "required", "Give date and time, or starts_at.");
//   if (auto error = fields.error()) co_return refusal(*error);   // all bad fields together, and
//                                        // every field nobody asked for as `unknown_field` (R17)
// Each accessor returns std::optional<T>; null counts as absent.
// QueryFields has the same accessors over request.query() (text in, typed out); a repeated
// parameter is refused, and so is an unknown one.
