/* Loaded with LD_PRELOAD into the program under test: lets WebKitWebDriver steer the web view
   that the program creates. See the package comment of build/e2e. */

#define _GNU_SOURCE
#include <dlfcn.h>
#include <webkit2/webkit2.h>

static GtkWidget *view;

static WebKitWebView *on_create_web_view(WebKitAutomationSession *session, gpointer data)
{
	return WEBKIT_WEB_VIEW(view);
}

static void on_automation_started(WebKitWebContext *context, WebKitAutomationSession *session, gpointer data)
{
	g_signal_connect(session, "create-web-view", G_CALLBACK(on_create_web_view), NULL);
}

/* In place of WebKit's function of this name, which Wails calls once. */
GtkWidget *webkit_web_view_new_with_user_content_manager(WebKitUserContentManager *manager)
{
	WebKitWebContext *context = webkit_web_context_get_default();
	webkit_web_context_set_automation_allowed(context, TRUE);
	g_signal_connect(context, "automation-started", G_CALLBACK(on_automation_started), NULL);
	view = GTK_WIDGET(g_object_new(WEBKIT_TYPE_WEB_VIEW, "user-content-manager", manager,
		"is-controlled-by-automation", TRUE, NULL));
	return view;
}

/* The file dialogs are GTK's own and out of the driver's reach. With WAPDESK_E2E_FOLDER set,
   they are answered as a person would who saves under the proposed name in that folder. */

static gboolean answers(gpointer dialog)
{
	return GTK_IS_FILE_CHOOSER(dialog) && g_getenv("WAPDESK_E2E_FOLDER") != NULL;
}

gint gtk_dialog_run(GtkDialog *dialog)
{
	gint (*original)(GtkDialog *) = dlsym(RTLD_NEXT, "gtk_dialog_run");
	return answers(dialog) ? GTK_RESPONSE_ACCEPT : original(dialog);
}

GSList *gtk_file_chooser_get_filenames(GtkFileChooser *chooser)
{
	GSList *(*original)(GtkFileChooser *) = dlsym(RTLD_NEXT, "gtk_file_chooser_get_filenames");
	if (!answers(chooser))
		return original(chooser);
	gchar *name = gtk_file_chooser_get_current_name(chooser);
	GSList *files = g_slist_append(NULL, g_build_filename(g_getenv("WAPDESK_E2E_FOLDER"), name, NULL));
	g_free(name);
	return files;
}
