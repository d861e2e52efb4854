/* The peer of BenchmarkExport: writes a table of tab separated values as a workbook with
   libxlsxwriter in constant memory. Arguments: input, output, and one letter a column:
   s text, d serial date, t serial duration. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <xlsxwriter.h>

int main(int argc, char **argv) {
    if (argc != 4) return 2;
    FILE *in = fopen(argv[1], "r");
    if (!in) return 1;
    lxw_workbook_options options = {.constant_memory = LXW_TRUE};
    lxw_workbook *book = workbook_new_opt(argv[2], &options);
    lxw_worksheet *sheet = workbook_add_worksheet(book, "Interactions");
    lxw_format *date = workbook_add_format(book);
    format_set_num_format(date, "yyyy-mm-dd h:mm:ss");
    lxw_format *span = workbook_add_format(book);
    format_set_num_format(span, "[h]:mm:ss");
    const char *kinds = argv[3];
    char *line = NULL;
    size_t size = 0;
    for (lxw_row_t row = 0; getline(&line, &size, in) > 0; row++) {
        line[strcspn(line, "\n")] = 0;
        char *rest = line, *field;
        for (lxw_col_t col = 0; (field = strsep(&rest, "\t")); col++) {
            if (!*field) continue;
            char kind = row ? kinds[col] : 's';
            if (kind == 's') worksheet_write_string(sheet, row, col, field, NULL);
            else worksheet_write_number(sheet, row, col, strtod(field, NULL), kind == 'd' ? date : span);
        }
    }
    free(line);
    fclose(in);
    return workbook_close(book) == LXW_NO_ERROR ? 0 : 1;
}
