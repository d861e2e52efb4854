// Package demo is a fake Daktela V6 contact centre: the REST API over HTTP, filled with
// believable WhatsApp interactions. Demo mode, the tests and "wapdesk demo-server" use it, and
// the app reaches it only through its real client. It imports nothing of ours, so that it is
// an independent reading of the API.
//
//	s, err := demo.New(demo.Options{Interactions: 20_000})
//	http.Serve(listener, s.Handler())   // sign in with s.Token()
//	s.Data()                            // what the server holds, to compare with
//
// # What is offered
//
// Lists, single rows and relations of activitiesWap, activities, users, queues, groups,
// statuses, roles, profiles, crmDatabases, accounts, contacts, tickets, ticketsCategories,
// templates, qaforms and qaReviews, each with and without the suffix .json; login, whoim and
// mergeTickets; /file/download.php with the mapper activitiesWap for files of an interaction and
// of its messages, and activitiesComment for those of an activity. A field that cannot be sorted by gives an empty list, an
// unknown field or operator in a filter gives 400, an unknown field in fields is left out.
// A null matches no operator but isnull. Without fields rows come with everything they are
// related to, the connectors' secrets included.
//
// What only some servers do is switched on by name (Oddities.Shape, "demo-server --shape"): smaller
// pages with or without a word, lists without totals, literal dotted keys, an error beside an
// empty result, another base path, an unknown zone, a redirect.
//
// # Rights
//
// A login sees an interaction when its queue is permitted and its user is absent or permitted
// (Sees). A role's options map a module (pWaps, pActivities, contacts, accounts, tickets,
// qaReviews, gdprPolicy, export) to a mask: 1 create, 2 read, 4 update, 8 delete, 16 access;
// 31 is everything, 0 nothing. A row outside the rights gives 403, a missing one 404.
//
// # The shape of a WhatsApp message
//
// Only the web chat's message is published. Rows of activitiesWap/{name}/messages have its
// fields, and what WhatsApp adds stands in options:
//
//	name, interaction {name}, user (related row or null), direction IN OUT BOT "",
//	type PUBLIC PRIVATE COMMAND, text, original_text, time_created,
//	from            "" or COWORKERS
//	result          delivery of OUT and BOT messages: SENT, DELIVERED, READ, FAILED; "" of others
//	emoji           [{"emoji":"👍","user":{…}}], user null when the customer reacted
//	quick_replies   [{"id":"b1","title":"Faktura"}], the buttons of a message
//	attachments     [{"file":"50010003","name":50010003,"title","type" (MIME),"size","inline":"0","cid":null,
//	                  "duration" (seconds or null),"time"}]; downloaded with mapper=activitiesWap&name={file}
//	options         [] when empty, otherwise an object with any of
//	  kind          image, video, voice, audio, document, sticker, location, contact, template,
//	                reply, deleted, unsupported; absent for plain text
//	  reason        why the delivery failed
//	  quoted        unique name of the message that this one answers
//	  template      unique name of the template
//	  reply         id of the pressed button or list row
//	  location      {"latitude","longitude","title"}
//	  card          {"full_name","number"}
//
// Transcripts are made when they are asked for, from the seed, so that their number costs no
// memory. Those of anonymised interactions are empty.
//
// # The shape of the process
//
// Rows of activitiesWap/{name}/flow, in the order of time: name, time, step (QUEUED, RINGING,
// ACCEPTED, TRANSFERRED, BOT, MISSED, ENDED, SAVED), title (of the queue), queue, user,
// duration in seconds.
//
// # Questions of a form
//
// Rows of qaforms carry questions: name, title, description, position, type, options
// [{"name","title","score"}], disqualify, doNotCountMax. A review's qareviewAnswers map a
// question's name to the names of the chosen options, or to a text.
package demo
